#pragma once

// What Control keeps. Everything but the atomics belongs to the control thread, once that runs.

#include "gateway/admin/endpoint.hpp"
#include "gateway/admin/facts.hpp"
#include "gateway/admin/pages.hpp"
#include "gateway/admin/watchdog.hpp"
#include "gateway/control.hpp"
#include "gateway/io.hpp"
#include "gateway/keys/keeper.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace gateway {

struct Control::State {
    using ModelPtr = std::shared_ptr<const config::Model>;
    using Snapshots = std::vector<std::shared_ptr<policy::Snapshot>>;

    State(ModelPtr first_model, observe::Registry& metrics, std::size_t workers,
          WorkerPort worker_port);

    /// One instance for each worker, with the candidate (or none) beside it; empty when the first
    /// could not be compiled.
    Snapshots compile(const ModelPtr& from, const ModelPtr& beside,
                      const std::vector<policy::KeyMaterial>& keys,
                      config::Problems& problems) const;
    void hand_out(Snapshots snapshots);
    void publish_soon(); ///< once, however often it is asked for in one turn of the loop
    void publish();

    struct Reloaded {
        std::string error; ///< why the configuration before it stays; empty: it was taken
        config::Problems problems;
    };
    Reloaded reload();
    void try_reload(Reloaded& result);
    admin::Response reload_page();
    admin::Response shadow_page() const;
    void note_disagreement(observe::ShadowExample example);
    admin::Response explain_page(const admin::Request& request);
    void want_keys_of(std::string_view issuer);
    /// The control thread's own, made when it is asked for; nullptr when it cannot be made.
    const policy::Snapshot* own_snapshot();
    /// Ends it once the request that it may be answering is answered.
    void retire(std::unique_ptr<admin::Endpoint> old);

    std::vector<admin::Page> make_pages();
    admin::Response answer_admin(const admin::Request& request, const admin::Door& door) const;
    std::unique_ptr<admin::Endpoint> open_admin(const config::Admin& settings);
    /// nullptr where the default cannot be had: nobody asked for it.
    std::unique_ptr<admin::Endpoint> open_admin_socket(const config::Admin& settings);
    void announce_admin();
    void announce_admin_socket() const;
    admin::Facts facts() const;
    std::string metrics() const;
    void watch(); ///< looks at heartbeats, and says when the gateway is ready for the first time
    void run();

    asio::io_context io{1}; // first: destroyed last, with the handlers that use what follows
    asio::executor_work_guard<Executor> work;
    ModelPtr model;
    ModelPtr candidate; ///< of the model's `shadow`; nullptr: none
    observe::Registry& registry;
    const std::size_t workers;
    WorkerPort port;

    keys::Clock clock = keys::system_clock();
    keys::Keeper keeper;
    const std::vector<admin::Page> pages;
    std::unique_ptr<admin::Endpoint> endpoint, socket_endpoint;
    std::vector<std::uint64_t>
        published; ///< generation of the snapshot that each worker was handed
    keys::Instant published_at{};
    std::shared_ptr<policy::Snapshot> explained; ///< own_snapshot()'s, until the next is handed out
    bool publish_pending = false;
    bool was_ready = false;
    admin::ReloadFacts reload_facts;
    static constexpr std::size_t most_disagreements = 100;
    std::deque<observe::ShadowExample> disagreements; ///< the newest first
    admin::Watchdog watchdog;
    Timer watch_timer;

    std::atomic<bool> draining{false};
    std::atomic<std::uint16_t> admin_port{0};
    std::thread thread;
};

} // namespace gateway
