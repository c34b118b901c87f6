#pragma once

// One thread, one loop, and everything a request touches: listeners, pools, proofs, scratch,
// counters. Workers share nothing that changes; what others have for a worker they post to it.
// Unless a comment says otherwise, members belong to the worker's own thread.

#include "config/model.hpp"
#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/request_id.hpp"
#include "gateway/http1/session.hpp"
#include "gateway/listener.hpp"
#include "gateway/loop.hpp"
#include "gateway/observe/access_log.hpp"
#include "gateway/observe/decision_log.hpp"
#include "gateway/service.hpp"
#include "gateway/upstream/resolver.hpp"
#include "policy/token/proof_cache.hpp"

#include <boost/intrusive/list.hpp>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace gateway {

/// Where one worker's lines go.
struct WorkerLogs {
    std::shared_ptr<observe::LogRing> access;
    std::shared_ptr<observe::LogRing> decisions; ///< nullptr: none are recorded
    policy::token::SipHashKey digest_key;        ///< of the decision log; the same for all workers
};

/// What one worker judges the candidate with, apart from what it serves with: the live way keeps
/// its memory and its proofs.
struct CandidateTools {
    static constexpr std::size_t proof_entries = 2048, proof_bytes = 8 * 1024 * 1024;
    static constexpr std::chrono::milliseconds pause{100}; ///< between two examples
    /// ... of one route, rule and verdict: a noisy one leaves room for the others.
    static constexpr std::chrono::milliseconds pause_of_one{1000};

    policy::Scratch scratch;
    policy::token::ProofCache proofs{proof_entries, proof_bytes};
    std::chrono::steady_clock::time_point next_example{};
};

class Worker {
public:
    /// Asks the control thread for an issuer's keys; called on the worker's thread.
    using WantKeys = std::function<void(std::size_t issuer, std::uint64_t generation)>;
    /// Tells the control thread of a disagreement; the same.
    using TellShadow = std::function<void(observe::ShadowExample)>;

    Worker(const config::Model& model, std::size_t workers, observe::WorkerMetrics& metrics,
           WorkerLogs logs, WantKeys want_keys, TellShadow tell_shadow);
    ~Worker();

    // ---- for other threads
    void start();
    void join();
    void post_service(std::shared_ptr<policy::Snapshot> snapshot, observe::Registry::Tables cells,
                      std::shared_ptr<const upstream::Addresses> addresses);
    /// Newly resolved names; ignored when the worker has gone on to another model.
    void post_addresses(std::shared_ptr<const upstream::Addresses> addresses);
    /// The listeners there shall be: opened ones start, known ones take new certificates, all
    /// others close.
    void post_listeners(std::vector<ListenerChange> changes);
    void post_log_settings(config::AccessLog settings);
    void post_drain(); ///< stop accepting; end connections as their exchanges end
    void post_stop();  ///< cut what is left and end the loop
    /// Connections open at this moment; any thread.
    std::uint64_t open_connections() const { return metrics_.connections_open.read(); }
    Loop& loop() { return loop_; }

    // ---- for exchanges
    const std::shared_ptr<const Service>& service() const { return service_; }
    const config::Limits& limits() const { return service_->snapshot->model().limits; }
    policy::token::ProofCache& proofs() { return proofs_; }
    observe::WorkerMetrics& metrics() { return metrics_; }
    observe::AccessLogger& access_logger() { return access_logger_; }
    observe::DecisionLogger& decision_logger() { return decision_logger_; }
    Random& random() { return random_; }
    /// nullptr where the snapshot has no candidate.
    CandidateTools* candidate_tools() { return candidate_tools_.get(); }
    void tell_shadow(observe::ShadowExample example) const { tell_shadow_(std::move(example)); }
    policy::TimePoint wall_clock() const;
    http1::HeadBuffer& upstream_head() { return upstream_head_; }
    http1::HeadBuffer& client_head() { return client_head_; }
    std::unique_ptr<ExchangeMemory> lend_memory();
    void take_back(std::unique_ptr<ExchangeMemory> memory);
    void want_keys(std::size_t issuer, std::uint64_t generation) const {
        want_keys_(issuer, generation);
    }
    /// Until a newer snapshot than `generation` is here, or limits.key_wait is over.
    Task<void> wait_for_keys(std::size_t issuer, std::uint64_t generation);
    bool is_draining() const { return draining_; }

    // ---- for connections
    bool may_accept() const;
    void add_session(http1::Session& session) { sessions_.push_back(session); }

private:
    struct KeyWaiter;
    using KeyWaiters =
        boost::intrusive::list<KeyWaiter, boost::intrusive::constant_time_size<false>>;
    using Sessions =
        boost::intrusive::list<http1::Session, boost::intrusive::constant_time_size<false>>;

    void run();
    Task<void> tick();
    void take_service(std::shared_ptr<policy::Snapshot> snapshot, observe::Registry::Tables cells,
                      std::shared_ptr<const upstream::Addresses> addresses);
    void take_listeners(std::vector<ListenerChange> changes);
    void wake_key_waiters();
    void drain();
    void stop();
    void publish_gauges();

    observe::WorkerMetrics& metrics_;
    observe::AccessLogger access_logger_;
    observe::DecisionLogger decision_logger_;
    WantKeys want_keys_;
    TellShadow tell_shadow_;
    std::unique_ptr<CandidateTools> candidate_tools_;
    policy::token::ProofCache proofs_;
    Random random_;
    std::shared_ptr<const Service> service_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::vector<std::unique_ptr<ExchangeMemory>> spare_memory_;
    http1::HeadBuffer upstream_head_, client_head_;
    Sessions sessions_;
    std::unique_ptr<KeyWaiters> key_waiters_;
    std::size_t key_waiters_size_ = 0;
    std::size_t workers_; ///< how many there are: each has its share of limits.connections
    bool draining_ = false;
    bool stopping_ = false;
    std::thread thread_;
    Loop loop_; // last: see Loop
    Timer tick_timer_;
};

} // namespace gateway
