#pragma once

// The connections of one worker to one upstream: targets in turn, idle connections last-in
// first-out for each target. An idle one has a read pending, so it is known at once when its peer
// leaves. Single-threaded; nothing is shared with other workers, so the limits are for each worker.

#include "config/model.hpp"
#include "gateway/loop.hpp"
#include "gateway/upstream/connection.hpp"
#include "policy/reason.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::upstream {

/// The addresses of each target, in the order of config::Upstream::targets; an empty list is a name
/// that did not resolve.
using Endpoints = std::vector<std::vector<Tcp::endpoint>>;

class Pool {
public:
    /// `settings` must outlive the pool (it lives in the snapshot's model).
    Pool(Loop& loop, const config::Upstream& settings, std::shared_ptr<const Endpoints> endpoints);

    struct Acquired {
        ConnectionPtr connection; ///< nullptr: no target could be reached
        std::size_t target = 0;   ///< the last one that was tried
        bool timed_out = false;
    };
    /// `fresh`: only a new connection will do. Tries each target once.
    Task<Acquired> acquire(bool fresh, std::chrono::milliseconds connect_timeout);
    void release(ConnectionPtr connection, std::chrono::steady_clock::time_point now);
    /// Closes what is broken or idle for too long. Called every tick.
    void sweep(std::chrono::steady_clock::time_point now);
    void set_endpoints(std::shared_ptr<const Endpoints> endpoints) {
        endpoints_ = std::move(endpoints);
    }

    const config::Upstream& settings() const { return settings_; }
    /// host:port of a target, as Host says it and the log shows it.
    std::string_view authority(std::size_t target) const { return authorities_[target]; }
    std::size_t idle() const { return idle_count_; }

private:
    ConnectionPtr take_idle(std::size_t target);
    Task<ConnectionPtr> connect(std::size_t target, std::chrono::milliseconds timeout,
                                bool& timed_out);

    Loop& loop_;
    const config::Upstream& settings_;
    std::shared_ptr<const Endpoints> endpoints_;
    std::vector<std::string> authorities_;
    std::vector<std::vector<ConnectionPtr>> idle_;
    std::size_t idle_count_ = 0;
    std::size_t next_ = 0;
};

} // namespace gateway::upstream
