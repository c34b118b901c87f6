#pragma once

// One connection to one target of an upstream. Lent to one exchange at a time, and given back only
// after an exchange that ended cleanly on both sides.

#include "gateway/stream/stream.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace gateway::upstream {

struct Connection {
    StreamPtr stream;
    std::size_t target = 0; ///< index in config::Upstream::targets
    bool reused = false;    ///< it carried an exchange before: it may have died meanwhile
    std::chrono::steady_clock::time_point idle_since{};
};

using ConnectionPtr = std::unique_ptr<Connection>;

} // namespace gateway::upstream
