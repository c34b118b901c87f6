#pragma once

// Two workers that take what the control thread hands out and write down the order of it.

#include "gateway/control.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace component {

class RecordingWorkers {
public:
    static constexpr std::size_t count = 2;
    using Snapshot = std::shared_ptr<policy::Snapshot>;

    gateway::WorkerPort port();
    gateway::observe::Registry& registry() { return registry_; }

    Snapshot latest(std::size_t worker) const;
    void wait_for_newer(std::size_t worker, std::uint64_t generation) const;
    std::vector<std::string>
    events() const; ///< "publish N", "prepare PATH" of the first route, "commit"
    void forget_events();
    void refuse(std::string why); ///< what prepare() answers from now on

private:
    gateway::observe::Registry registry_{count};
    mutable std::mutex mutex_;
    std::array<Snapshot, count> latest_;
    std::vector<std::string> events_;
    std::string refusal_;
};

} // namespace component
