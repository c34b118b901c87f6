#pragma once

// Names of upstream targets to addresses, never on a worker: at start and reload, then every 30 s
// on a thread of its own, because getaddrinfo blocks and cannot be cancelled. A name that stops
// resolving keeps the addresses it had.

#include "config/model.hpp"
#include "gateway/upstream/pool.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gateway::upstream {

/// The addresses of one model's upstreams, by their index in it.
struct Addresses {
    std::shared_ptr<const config::Model> model; ///< whose upstreams they are
    std::vector<std::shared_ptr<const Endpoints>> upstreams;
};

/// Blocks. `before`: what to fall back on where a name does not resolve; may be nullptr.
std::shared_ptr<const Addresses> resolve(std::shared_ptr<const config::Model> model,
                                         const Addresses* before);

class Resolver {
public:
    /// Called on the resolver's thread when addresses have changed.
    using Changed = std::function<void(std::shared_ptr<const Addresses>)>;

    explicit Resolver(Changed changed);
    ~Resolver(); ///< waits for a look-up that is under way
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Watches these from now on. Any thread.
    void watch(std::shared_ptr<const Addresses> addresses);

private:
    void run();

    Changed changed_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::shared_ptr<const Addresses> watched_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace gateway::upstream
