#pragma once

// The two clocks that keys need, passed in so that tests can move them.

#include "gateway/keys/refresh_state.hpp"
#include "policy/clock.hpp"

#include <functional>

namespace gateway::keys {

struct Clock {
    std::function<Instant()> steady; ///< for ages and schedules
    std::function<policy::TimePoint()>
        wall; ///< for what outlives the process, and for what workers compare with

    /// The same moment on the wall.
    policy::TimePoint to_wall(Instant instant) const;
};

Clock system_clock();

} // namespace gateway::keys
