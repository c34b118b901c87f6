#pragma once

// Keeps the key sets of all issuers: fetches them, refreshes them in time, keeps the last good one,
// and says when what the workers hold is no longer right. Lives on the control loop; not
// thread-safe.

#include "config/model.hpp"
#include "gateway/io.hpp"
#include "gateway/keys/clock.hpp"
#include "gateway/keys/source.hpp"
#include "policy/snapshot.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gateway::keys {

/// What readyz and metrics say of one issuer.
struct KeyStatus {
    std::string issuer;
    bool remote = false;
    bool has_keys = true; ///< local keys were checked when the configuration was compiled
    std::size_t keys = 0; ///< of a remote source
    std::chrono::milliseconds age{}; ///< since the last success
    std::string last_error;
    std::uint64_t successes = 0, failures = 0;
};

class Keeper {
public:
    /// `random` answers numbers in [0, 1). `changed` is called when material() answers something
    /// that workers must know.
    Keeper(asio::io_context& io, Clock clock, std::function<double()> random,
           std::function<void()> changed);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// The sources that a model would have: those that stay, with their sets, and new ones, with
    /// what is on disk.
    Sources sources_for(const config::Model& model) const;
    std::vector<policy::KeyMaterial> material(const Sources& sources) const;
    std::vector<policy::KeyMaterial> material() const;

    /// Takes over what sources_for() made of the same model, and starts what is due. The caller
    /// publishes.
    void take(const config::Model& model, Sources sources);

    /// Starts the fetches that are due, notices sets that became too old, and sets a timer for the
    /// next time.
    void tick();
    /// A worker met an unknown kid. `changed` is called when it is known what became of it: after a
    /// fetch, or at once when it is too soon for one.
    void want(std::size_t issuer);

    std::vector<KeyStatus> status(const config::Model& model) const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace gateway::keys
