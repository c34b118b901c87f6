#pragma once

// Notices a worker whose loop stands still: its heartbeat has not changed for too long. Time is
// passed in.

#include <chrono>
#include <cstdint>
#include <vector>

namespace gateway::admin {

class Watchdog {
public:
    using Instant = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds patience{10};

    explicit Watchdog(std::size_t workers) : pulses_(workers) {}

    void look(std::size_t worker, std::uint64_t heartbeat, Instant now);
    /// A worker that has never beaten is starting, not stuck.
    bool is_stuck(std::size_t worker, Instant now) const;

private:
    struct Pulse {
        std::uint64_t heartbeat = 0;
        Instant changed{};
    };
    std::vector<Pulse> pulses_;
};

} // namespace gateway::admin
