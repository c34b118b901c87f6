// Stream over real sockets: what it reads, when it waits, and how it sees the other side leave.

#include "gateway/stream/stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <string>

namespace gateway {
namespace {

using namespace std::chrono_literals;

/// A stream and the blocking socket at its other end.
class StreamTest : public testing::Test {
protected:
    StreamTest() : peer_(peer_io_.get_executor()) {
        Acceptor acceptor(loop_.io.get_executor(),
                          Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        Socket accepted(loop_.io.get_executor());
        peer_.connect(acceptor.local_endpoint());
        acceptor.accept(accepted);
        stream_ = new Stream(loop_, std::move(accepted), loop_.client_blocks, nullptr);
    }

    /// Runs fill() to its end; the loop turns until then.
    ErrorCode fill(Wait wait) {
        ErrorCode result = asio::error::in_progress;
        asio::co_spawn(loop_.io, fill_into(stream_, wait, result), asio::detached);
        loop_.io.restart();
        while (result == asio::error::in_progress && loop_.io.run_one() > 0) {
        }
        return result;
    }

    static Task<void> fill_into(StreamPtr stream, Wait wait, ErrorCode& result) {
        const ErrorCode error = co_await stream->fill(wait);
        result = error;
    }

    std::string input() { return {stream_->input().data(), stream_->input().size()}; }

    Loop loop_{4096};
    asio::io_context peer_io_;
    Socket peer_;
    StreamPtr stream_;
};

TEST_F(StreamTest, ReadsWhatTheOtherSideSends) {
    asio::write(peer_, asio::buffer("hello", 5));
    ASSERT_FALSE(fill(Wait::first));
    EXPECT_EQ(input(), "hello");
    stream_->consume(2);
    EXPECT_EQ(input(), "llo");
}

TEST_F(StreamTest, SeesAnEndThatCameTogetherWithTheLastBytes) {
    asio::write(peer_, asio::buffer("bye", 3));
    peer_.shutdown(Socket::shutdown_send);
    ASSERT_FALSE(fill(Wait::first));
    EXPECT_EQ(input(), "bye");
    EXPECT_EQ(fill(Wait::more), asio::error::eof);
}

TEST_F(StreamTest, SeesAnEndThatComesWhileItIsIdle) {
    asio::write(peer_, asio::buffer("x", 1));
    ASSERT_FALSE(fill(Wait::first));
    stream_->consume(1);
    stream_->arm();
    EXPECT_TRUE(stream_->is_quiet_now());
    peer_.close();
    loop_.io.restart();
    loop_.io.run_one();
    EXPECT_FALSE(stream_->is_quiet());
}

TEST_F(StreamTest, AsksTheSocketItselfWhetherAnIdleConnectionIsStillThere) {
    stream_->arm();
    ASSERT_TRUE(stream_->is_quiet_now());
    peer_.close();
    EXPECT_TRUE(stream_->is_quiet()) << "the loop did not turn: it cannot know yet";
    EXPECT_FALSE(stream_->is_quiet_now());
}

TEST_F(StreamTest, RefusesToReadPastAFullBlock) {
    asio::write(peer_, asio::buffer(std::string(4096, 'a')));
    while (stream_->input().size() < 4096) ASSERT_FALSE(fill(Wait::more));
    asio::write(peer_, asio::buffer("b", 1));
    EXPECT_EQ(fill(Wait::more), asio::error::no_buffer_space);
    stream_->consume(4000);
    ASSERT_FALSE(fill(Wait::more));
    EXPECT_EQ(input(), std::string(96, 'a') + "b");
}

TEST_F(StreamTest, DetachesAHeadAndGoesOnWithTheRest) {
    asio::write(peer_, asio::buffer("headrest", 8));
    ASSERT_FALSE(fill(Wait::first));
    const Block head = stream_->detach(4);
    EXPECT_EQ(std::string(head.data, 4), "head");
    EXPECT_EQ(input(), "rest");
    stream_->pool().give(head);
}

TEST_F(StreamTest, EndsAWaitWhenItsDeadlineIsOver) {
    stream_->set_read_timeout(100ms);
    ErrorCode result = asio::error::in_progress;
    asio::co_spawn(loop_.io, fill_into(stream_, Wait::first, result), asio::detached);
    loop_.io.poll();
    loop_.deadlines.tick(loop_.deadlines.now() + 1s);
    loop_.io.restart();
    loop_.io.poll();
    EXPECT_EQ(result, asio::error::timed_out);
}

TEST_F(StreamTest, EndsOneWaitWhenInterruptedAndReadsOnAfterwards) {
    ErrorCode result = asio::error::in_progress;
    asio::co_spawn(loop_.io, fill_into(stream_, Wait::first, result), asio::detached);
    loop_.io.poll();
    stream_->interrupt();
    EXPECT_EQ(result, asio::error::operation_aborted);
    asio::write(peer_, asio::buffer("on", 2));
    ASSERT_FALSE(fill(Wait::first));
    EXPECT_EQ(input(), "on");
}

Task<void> drain_into(StreamPtr stream, ErrorCode& result) {
    const ErrorCode error = co_await stream->drain();
    result = error;
}

TEST_F(StreamTest, KeepsWhatTheSocketDoesNotTakeAndSendsItInOrder) {
    const std::string large(8 * 1024 * 1024, 'a');
    stream_->send(large, "the end");
    ASSERT_FALSE(stream_->is_drained());
    ErrorCode result = asio::error::in_progress;
    asio::co_spawn(loop_.io, drain_into(stream_, result), asio::detached);
    std::string got(large.size() + 7, '?');
    peer_.non_blocking(true);
    for (std::size_t size = 0; size < got.size();) {
        loop_.io.restart();
        loop_.io.poll();
        ErrorCode error;
        size += peer_.read_some(asio::buffer(got.data() + size, got.size() - size), error);
        ASSERT_TRUE(!error || error == asio::error::would_block);
    }
    loop_.io.restart();
    loop_.io.poll();
    EXPECT_FALSE(result);
    EXPECT_EQ(got, large + "the end");
    EXPECT_TRUE(stream_->is_drained());
}

TEST_F(StreamTest, GivesUpOnAClientThatTakesNothing) {
    stream_->set_send_timeout(100ms);
    stream_->send(std::string(32 * 1024 * 1024, 'a'));
    ErrorCode result = asio::error::in_progress;
    asio::co_spawn(loop_.io, drain_into(stream_, result), asio::detached);
    loop_.io.poll();
    loop_.deadlines.tick(loop_.deadlines.now() + 1s);
    loop_.io.restart();
    loop_.io.poll();
    EXPECT_EQ(result, asio::error::timed_out);
    EXPECT_FALSE(stream_->is_open());
}

TEST_F(StreamTest, SurvivesBeingLetGoWithAReadPending) {
    stream_->arm();
    stream_->close();
    stream_.reset();
    loop_.io.poll();
}

} // namespace
} // namespace gateway
