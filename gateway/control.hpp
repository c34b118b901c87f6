#pragma once

// The control thread: everything that is not a request. Loads and reloads the configuration, keeps
// keys fresh, serves admin, and publishes snapshots: one own instance for each worker. Failure
// keeps what is there and says so.

#include "config/model.hpp"
#include "gateway/observe/metrics.hpp"
#include "policy/snapshot.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace gateway {

/// What the control thread asks of the workers. All functions are called on the control thread and
/// must not block.
struct WorkerPort {
    /// Hand a snapshot and its metrics tables to one worker (posts to its loop).
    std::function<void(std::size_t worker, std::shared_ptr<policy::Snapshot>,
                       observe::Registry::Tables)>
        publish;
    /// Listeners, certificates and log settings of a reloaded model; an error text refuses the
    /// reload before anything changed.
    std::function<std::string(std::shared_ptr<const config::Model>)> prepare;
    /// Takes over what prepare() made. Cannot fail.
    std::function<void()> commit;
};

class Control {
public:
    Control(std::shared_ptr<const config::Model> model, observe::Registry& registry,
            std::size_t workers, WorkerPort port);
    ~Control(); ///< stops and joins

    /// Builds the first snapshots with local and cached keys, publishes them, then starts the
    /// thread with key fetching and admin. Throws std::runtime_error when the admin address cannot
    /// be bound.
    void start();
    void stop();

    // The following may be called from any thread; they post.
    void reload(); ///< SIGHUP: load, compile, prepare; all or nothing
    /// A worker met an unknown kid under that snapshot. It is sure to be handed a newer one: with
    /// the keys as they are by then, or with the time before which asking again is no use.
    void want_keys(std::size_t issuer, std::uint64_t generation);
    /// Where the candidate of `shadow:` would have decided otherwise: kept for the admin page, and
    /// logged. Callers bound how often.
    void note_disagreement(observe::ShadowExample example);
    void set_draining();              ///< readyz answers 503 from now on
    std::uint16_t admin_port() const; ///< 0 when admin is off

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gateway
