#include "gateway/admin/watchdog.hpp"

namespace gateway::admin {

void Watchdog::look(std::size_t worker, std::uint64_t heartbeat, Instant now) {
    Pulse& pulse = pulses_[worker];
    if (pulse.heartbeat == heartbeat) return;
    pulse = {heartbeat, now};
}

bool Watchdog::is_stuck(std::size_t worker, Instant now) const {
    const Pulse& pulse = pulses_[worker];
    return pulse.heartbeat != 0 && now - pulse.changed > patience;
}

} // namespace gateway::admin
