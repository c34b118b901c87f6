// The coroutine shapes that tests/lint/coroutines.py allows, kept honest on this compiler: GCC 12
// destroys temporaries of the other shapes twice. Each test counts what is made and destroyed;
// under ASan a second free ends it.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace {

namespace asio = boost::asio;
template <class T> using Task = asio::awaitable<T>;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// Counts its living instances, and owns memory, so that a double free shows.
struct Tracked {
    explicit Tracked(std::string t) : text(std::move(t)) { ++living; }
    Tracked(const Tracked& other) : text(other.text) { ++living; }
    Tracked(Tracked&& other) noexcept : text(std::move(other.text)) { ++living; }
    Tracked& operator=(const Tracked&) = default;
    Tracked& operator=(Tracked&&) = default;
    ~Tracked() { --living; }

    std::string text;
    static inline int living = 0;
};

struct Options {
    Tracked name;
    int retries;
};

const std::string long_text(100, 'x'); // not in a string's own small buffer

/// Really suspends, so that arguments outlive a resumption.
Task<void> pause() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(std::chrono::nanoseconds(1));
    co_await timer.async_wait(as_result);
}

Task<std::string> by_value(Tracked tracked) {
    co_await pause();
    co_return tracked.text;
}

Task<std::string> by_options(Options options) {
    co_await pause();
    co_return options.name.text;
}

Task<Tracked> make() {
    co_await pause();
    co_return Tracked(long_text);
}

class CoroutineCanary : public testing::Test {
protected:
    void run(Task<void> task) {
        bool finished = false;
        asio::co_spawn(io, std::move(task), [&](std::exception_ptr thrown) {
            finished = true;
            if (thrown) std::rethrow_exception(thrown);
        });
        io.run();
        EXPECT_TRUE(finished);
        EXPECT_EQ(Tracked::living, 0);
    }
    asio::io_context io;
};

Task<void> named_argument() {
    Tracked tracked(long_text);
    const std::string text = co_await by_value(std::move(tracked));
    EXPECT_EQ(text, long_text);
}
TEST_F(CoroutineCanary, NamedArgument) { run(named_argument()); }

Task<void> constructed_argument() {
    const std::string text = co_await by_value(Tracked(long_text));
    EXPECT_EQ(text, long_text);
}
TEST_F(CoroutineCanary, ArgumentWithAConstructor) { run(constructed_argument()); }

Task<void> named_aggregate() {
    Options options{Tracked(long_text), 2};
    const std::string text = co_await by_options(std::move(options));
    EXPECT_EQ(text, long_text);
}
TEST_F(CoroutineCanary, NamedAggregate) { run(named_aggregate()); }

Task<void> named_lambda() {
    const Tracked captured(long_text);
    const auto coroutine = [captured]() -> Task<std::string> {
        co_await pause();
        co_return captured.text;
    };
    const std::string text = co_await coroutine();
    EXPECT_EQ(text, long_text);
}
TEST_F(CoroutineCanary, NamedLambda) { run(named_lambda()); }

Task<void> init_in_if() {
    if (const Tracked made = co_await make(); made.text.size() == long_text.size())
        EXPECT_EQ(made.text, long_text);
    else
        ADD_FAILURE();
}
TEST_F(CoroutineCanary, InitialiserOfAnIf) { run(init_in_if()); }

Task<void> structured_binding() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(std::chrono::nanoseconds(1));
    const auto [error] = co_await timer.async_wait(as_result);
    EXPECT_FALSE(error);
}
TEST_F(CoroutineCanary, StructuredBindingOfAResult) { run(structured_binding()); }

Task<void> shared_argument() {
    auto shared = std::make_shared<Tracked>(long_text);
    const std::string text = co_await by_value(*shared);
    EXPECT_EQ(text, long_text);
    EXPECT_EQ(shared.use_count(), 1);
}
TEST_F(CoroutineCanary, CopyOfASharedObject) { run(shared_argument()); }

Task<void> throws_after_suspension() {
    const Tracked tracked(long_text);
    co_await pause();
    throw std::runtime_error("thrown");
}
TEST_F(CoroutineCanary, ExceptionDestroysTheFrameOnce) {
    asio::co_spawn(io, throws_after_suspension(),
                   [](std::exception_ptr thrown) { EXPECT_TRUE(static_cast<bool>(thrown)); });
    io.run();
    EXPECT_EQ(Tracked::living, 0);
}

TEST_F(CoroutineCanary, AbandonedFrameIsDestroyedWithItsContext) {
    {
        asio::io_context abandoned;
        asio::co_spawn(abandoned, named_argument(), asio::detached);
        abandoned.poll_one();
    }
    EXPECT_EQ(Tracked::living, 0);
}

} // namespace
