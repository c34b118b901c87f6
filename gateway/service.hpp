#pragma once

// What a worker serves by at one moment: a snapshot, and what belongs to it outside of policy.
// Replaced as a whole; an exchange keeps the one that it began with. The pools are carried over
// while the configuration stays the same.

#include "gateway/observe/metrics.hpp"
#include "gateway/upstream/pool.hpp"
#include "policy/snapshot.hpp"

#include <memory>
#include <vector>

namespace gateway {

struct Service {
    std::shared_ptr<policy::Snapshot> snapshot;
    observe::Registry::Tables cells; ///< by index of the model's routes and upstreams
    std::vector<std::shared_ptr<upstream::Pool>> pools; ///< by index of the model's upstreams
};

} // namespace gateway
