#include "tests/component/control_workers.hpp"

#include <thread>

namespace component {

gateway::WorkerPort RecordingWorkers::port() {
    gateway::WorkerPort port;
    port.publish = [this](std::size_t worker, Snapshot snapshot,
                          gateway::observe::Registry::Tables) {
        registry_.worker(worker).snapshots_taken.set(snapshot->generation());
        const std::lock_guard lock(mutex_);
        latest_[worker] = std::move(snapshot);
        events_.push_back("publish " + std::to_string(worker));
    };
    port.prepare = [this](const std::shared_ptr<const config::Model>& model) {
        const std::lock_guard lock(mutex_);
        events_.push_back("prepare " + model->routes.at(0).path);
        return refusal_;
    };
    port.commit = [this] {
        const std::lock_guard lock(mutex_);
        events_.emplace_back("commit");
    };
    return port;
}

RecordingWorkers::Snapshot RecordingWorkers::latest(std::size_t worker) const {
    const std::lock_guard lock(mutex_);
    return latest_[worker];
}

void RecordingWorkers::wait_for_newer(std::size_t worker, std::uint64_t generation) const {
    while (latest(worker)->generation() <= generation) std::this_thread::yield();
}

std::vector<std::string> RecordingWorkers::events() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

void RecordingWorkers::forget_events() {
    const std::lock_guard lock(mutex_);
    events_.clear();
}

void RecordingWorkers::refuse(std::string why) {
    const std::lock_guard lock(mutex_);
    refusal_ = std::move(why);
}

} // namespace component
