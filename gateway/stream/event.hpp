#pragma once

// One coroutine waits, someone on the same thread fires: the waiter goes on inside fire(). Without
// a waiter, fire() does nothing: the condition itself is the waiter's to check. Allocates no
// operation and posts nothing.

#include "gateway/io.hpp"

#include <optional>
#include <utility>

namespace gateway {

class Event {
public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    bool has_waiter() const { return waiter_.has_value(); }

    void fire() {
        if (!waiter_) return;
        Handler waiter = std::move(*waiter_);
        waiter_.reset();
        waiter();
    }

    Task<void> wait() { return asio::async_initiate<const Token, void()>(Begin{this}, use_task); }

private:
    using Token = asio::use_awaitable_t<Executor>;
    using Handler = asio::async_result<Token, void()>::handler_type;

    // A named type, not a lambda: GCC 12 spoils captures of temporaries in a co_await expression.
    struct Begin {
        Event* event;
        void operator()(Handler handler) const { event->waiter_.emplace(std::move(handler)); }
    };

    std::optional<Handler> waiter_;
};

} // namespace gateway
