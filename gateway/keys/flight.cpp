#include "gateway/keys/flight.hpp"

#include <algorithm>

namespace gateway::keys {

Flight::Flight(Executor executor, std::chrono::milliseconds deadline)
    : socket_(executor), timer_(executor), ends_(Clock::now() + deadline) {}

void Flight::arm(Clock::time_point when) {
    timer_.expires_at(std::min(when, ends_));
    timer_.async_wait([weak = weak_from_this()](ErrorCode error) {
        const auto self = weak.lock();
        if (error || !self || self->timer_.expiry() > Clock::now()) return;
        ErrorCode ignored;
        self->socket_.close(ignored);
    });
}

void Flight::land() {
    timer_.cancel();
    ErrorCode ignored;
    socket_.close(ignored);
}

} // namespace gateway::keys
