#include "gateway/keys/clock.hpp"

namespace gateway::keys {

using std::chrono::milliseconds;

policy::TimePoint Clock::to_wall(Instant instant) const {
    return wall() + std::chrono::ceil<milliseconds>(instant - steady());
}

Clock system_clock() {
    return {
        .steady = [] { return std::chrono::steady_clock::now(); },
        .wall = [] { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }};
}

} // namespace gateway::keys
