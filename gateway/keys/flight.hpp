#pragma once

// One fetch in the air: its socket and its only deadline. When the deadline passes, the socket is
// closed, and whatever the fetch waits for ends. Lives on the control loop; kept by shared_ptr
// until the last handler is done.

#include "gateway/io.hpp"

#include <chrono>
#include <memory>

namespace gateway::keys {

class Flight : public std::enable_shared_from_this<Flight> {
public:
    using Clock = std::chrono::steady_clock;

    Flight(Executor executor, std::chrono::milliseconds deadline);

    /// Closes the socket at `when`, or at the deadline if that is earlier; replaces what was armed
    /// before.
    void arm(Clock::time_point when = Clock::time_point::max());
    void land(); ///< closes the socket, disarms

    Socket& socket() { return socket_; }
    Clock::time_point ends() const { return ends_; }
    bool has_expired() const { return Clock::now() >= ends_; }

private:
    Socket socket_;
    Timer timer_;
    Clock::time_point ends_;
};

} // namespace gateway::keys
