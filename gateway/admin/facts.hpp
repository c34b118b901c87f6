#pragma once

// What the control thread knows of the gateway's state at one moment; health pages and metrics are
// written from it.

#include "gateway/keys/keeper.hpp"
#include "policy/clock.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gateway::admin {

struct WorkerFacts {
    bool has_begun = false; ///< it has taken a snapshot, any
    bool is_behind = false; ///< it has not taken the newest one for longer than that takes
    bool is_stuck = false;  ///< its loop stands still
};

struct ReloadFacts {
    std::uint64_t successes = 0, failures = 0;
    bool last_good = true;
    policy::TimePoint last_success{}; ///< the start counts
};

struct Facts {
    bool draining = false;
    std::vector<WorkerFacts> workers;
    std::vector<keys::KeyStatus> issuers;
    ReloadFacts reload;
};

} // namespace gateway::admin
