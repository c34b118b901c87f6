#pragma once

// Counters of one worker. Each cell has a single writer, its worker, and is read by the control
// thread at scrape time: relaxed atomic loads and stores, no read-modify-write, no lock, nothing
// shared between workers. Labels come from the configuration only: route names, upstream names,
// closed enumerations (threat H171).

#include "config/model.hpp"
#include "gateway/observe/disagreement.hpp"
#include "policy/reason.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gateway::observe {

/// One number with one writer.
class Cell {
public:
    void add(std::uint64_t n = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t n = 1) { add(~n + 1); }
    void set(std::uint64_t n) { value_.store(n, std::memory_order_relaxed); }
    std::uint64_t read() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// Upper bounds in microseconds: 0.1 ms to 10 s, then infinity.
class Histogram {
public:
    static constexpr std::array<std::uint32_t, 12> bounds_us = {
        100, 250, 500, 1000, 2500, 5000, 10000, 25000, 100000, 500000, 2500000, 10000000};
    void record(std::chrono::microseconds duration);
    std::array<Cell, bounds_us.size() + 1> buckets;
    Cell sum_us;
};

/// The cells of one route. `none` stands for requests that no route took.
/// Aligned, so that no two workers' cells share a cache line.
struct alignas(64) RouteCells {
    std::array<Cell, 5> status; ///< 1xx .. 5xx
    std::array<Cell, static_cast<std::size_t>(policy::Reason::count_)> reasons;
    Histogram duration; ///< from the head's last byte to the answer's last byte
};

struct alignas(64) UpstreamCells {
    Cell requests, failures, connects, reused;
    Histogram duration; ///< from the request's head sent to the response's head received
};

/// What a worker counts of one route where something is in shadow mode.
struct alignas(64) ShadowCells {
    /// `rule_names`: those of the rules in shadow mode; at most 64.
    explicit ShadowCells(std::vector<std::string> rule_names)
        : names(std::move(rule_names)), rules(names.size()) {}

    struct Rule {
        Cell would_deny, would_allow;
    };
    const std::vector<std::string> names;
    std::vector<Rule> rules; ///< by index of the names
    /// What a route in shadow mode would have said.
    std::array<Cell, static_cast<std::size_t>(policy::Reason::count_)> reasons;
};

/// What is counted, and an example of it told now and then.
class SampledCell : public Cell {
public:
    std::chrono::steady_clock::time_point next_example{}; ///< the writer's alone; first: none yet
};

/// What the candidate would have decided otherwise on one of its routes.
struct alignas(64) CandidateCells {
    using Reasons = std::array<SampledCell, static_cast<std::size_t>(policy::Reason::count_)>;

    /// `rule_places`: of the entries of its rule.
    explicit CandidateCells(std::vector<std::string> rule_places)
        : places(std::move(rule_places)), denied_by(places.size()) {}

    const std::vector<std::string> places;
    std::vector<SampledCell> denied_by; ///< would_deny, by index of the places
    Reasons denied;                     ///< would_deny of all else, by the candidate's reason
    Reasons allowed;                    ///< would_allow, by the reason in force
    std::array<SampledCell, disagreements.size()> others; ///< the rest, by Disagreement
};

/// A route of the candidate.
struct CandidateRoute {
    std::string name;
    std::vector<std::string> places;
};

/// What one worker counts whatever its configuration; routes and upstreams have cells of their own
/// (see Registry::Tables).
class alignas(64) WorkerMetrics {
public:
    Cell connections_accepted, connections_open, connections_refused, tls_handshakes, tls_failures;
    Cell requests_open, bytes_in, bytes_out;
    Cell proof_hits, proof_misses, proof_entries, proof_bytes, key_waits, access_log_dropped;
    Cell decision_log_dropped;
    Cell snapshots_taken; ///< last snapshot generation that this worker runs
    Cell heartbeat;       ///< moves with every tick of the worker's loop; livez watches it

    RouteCells no_route; ///< of requests that no route took
};

/// The metrics of all workers, as the control thread sees them. `tables_for` is called on the
/// control thread and answers the cells that a worker counts in while it runs a snapshot of that
/// model, by index. Names that a reload keeps go on with their totals.
class Registry {
public:
    explicit Registry(std::size_t workers);

    struct Tables {
        std::vector<std::shared_ptr<RouteCells>> routes;
        std::vector<std::shared_ptr<UpstreamCells>> upstreams;
        /// Of each route; nullptr where nothing is in shadow mode.
        std::vector<std::shared_ptr<ShadowCells>> shadows;
        /// In the order of tables_for()'s `candidate`.
        std::vector<std::shared_ptr<CandidateCells>> candidate;
    };
    /// Entries of `candidate` with one name share cells, with the places of the first.
    /// `shadow_rules`: the names of each route's rules in shadow mode, by index; may be shorter.
    Tables tables_for(std::size_t worker, const config::Model& model,
                      const std::vector<std::vector<std::string>>& shadow_rules = {},
                      const std::vector<CandidateRoute>& candidate = {});

    WorkerMetrics& worker(std::size_t index) { return *workers_[index]; }
    /// Prometheus text format 0.0.4, summed over workers. Control thread.
    void render(std::string& out) const;

    /// The cells of all workers that count the same thing; valid until the next tables_for().
    struct Totals {
        std::vector<const WorkerMetrics*> workers;
        std::map<std::string, std::vector<const RouteCells*>> routes;
        std::map<std::string, std::vector<const UpstreamCells*>> upstreams;
        std::map<std::string, std::vector<const ShadowCells*>> shadows;
        std::map<std::string, std::vector<const CandidateCells*>> candidate;
    };

private:
    void totals(Totals& totals) const;

    struct Named;
    std::vector<std::unique_ptr<WorkerMetrics>> workers_;
    std::vector<std::shared_ptr<Named>> named_; ///< per worker: name -> cells
};

} // namespace gateway::observe
