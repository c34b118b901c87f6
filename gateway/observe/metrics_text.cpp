#include "gateway/observe/metrics_text.hpp"

#include "gateway/observe/exposition.hpp"
#include "gateway/observe/process.hpp"
#include "gateway/observe/shadow_text.hpp"
#include "gateway/observe/sum.hpp"

#include <charconv>

namespace gateway::observe {
namespace {

std::string seconds_text(std::uint32_t us) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, us / 1e6, std::chars_format::fixed).ptr};
}

/// Buckets are counted apart and shown cumulated, so that a worker touches one cell for each
/// request.
template <class Owners>
void render_histogram(Exposition& text, std::string_view label, std::string_view name,
                      const Owners& owners) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i <= Histogram::bounds_us.size(); ++i) {
        count += sum(owners,
                     [i](const auto& cells) -> const Cell& { return cells.duration.buckets[i]; });
        const auto bound = i < Histogram::bounds_us.size() ? seconds_text(Histogram::bounds_us[i])
                                                           : std::string("+Inf");
        text.sample("_bucket", {{label, name}, {"le", bound}}, count);
    }
    const auto us =
        sum(owners, [](const auto& cells) -> const Cell& { return cells.duration.sum_us; });
    text.sample("_sum", {{label, name}}, static_cast<double>(us) / 1e6);
    text.sample("_count", {{label, name}}, count);
}

void render_routes(Exposition& text, const Registry::Totals& totals) {
    constexpr std::string_view classes[] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    text.family("claimgate_requests_total", "counter",
                "Requests answered, by class of their status.");
    for (const auto& [name, cells] : totals.routes)
        for (std::size_t i = 0; i < std::size(classes); ++i)
            text.sample(
                {{"route", name}, {"class", classes[i]}},
                sum(cells, [i](const RouteCells& c) -> const Cell& { return c.status[i]; }));

    text.family("claimgate_auth_decisions_total", "counter",
                "Why requests ended as they did; allowed among them.");
    for (const auto& [name, cells] : totals.routes) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Reason::count_); ++i) {
            const auto reason = static_cast<policy::Reason>(i);
            const auto count =
                sum(cells, [i](const RouteCells& c) -> const Cell& { return c.reasons[i]; });
            // Most reasons never happen on most routes: a series begins with its first event.
            if (count > 0 || reason == policy::Reason::allowed)
                text.sample({{"route", name}, {"reason", policy::info(reason).name}}, count);
        }
    }

    text.family("claimgate_request_duration_seconds", "histogram",
                "From a request's head to its answer's end.");
    for (const auto& [name, cells] : totals.routes) render_histogram(text, "route", name, cells);
}

void render_upstreams(Exposition& text, const Registry::Totals& totals) {
    struct Family {
        std::string_view name, help;
        Cell UpstreamCells::*cell;
    };
    constexpr Family families[] = {
        {"claimgate_upstream_requests_total", "Requests sent to an upstream.",
         &UpstreamCells::requests},
        {"claimgate_upstream_failures_total", "Requests that an upstream did not answer well.",
         &UpstreamCells::failures},
        {"claimgate_upstream_connects_total", "Connections opened to an upstream.",
         &UpstreamCells::connects},
        {"claimgate_upstream_reused_connections_total", "Requests sent on a kept connection.",
         &UpstreamCells::reused},
    };
    for (const Family& family : families) {
        text.family(family.name, "counter", family.help);
        for (const auto& [name, cells] : totals.upstreams)
            text.sample(
                {{"upstream", name}},
                sum(cells, [&](const UpstreamCells& c) -> const Cell& { return c.*family.cell; }));
    }
    text.family("claimgate_upstream_request_duration_seconds", "histogram",
                "From a request's head sent to its response's head received.");
    for (const auto& [name, cells] : totals.upstreams)
        render_histogram(text, "upstream", name, cells);
}

void render_workers(Exposition& text, const Registry::Totals& totals) {
    struct Family {
        std::string_view name, type, help;
        Cell WorkerMetrics::*cell;
    };
    using W = WorkerMetrics;
    constexpr Family families[] = {
        {"claimgate_connections_accepted_total", "counter", "Client connections accepted.",
         &W::connections_accepted},
        {"claimgate_connections_open", "gauge", "Client connections open.", &W::connections_open},
        {"claimgate_connections_refused_total", "counter", "Client connections beyond the limit.",
         &W::connections_refused},
        {"claimgate_tls_handshakes_total", "counter", "TLS handshakes completed.",
         &W::tls_handshakes},
        {"claimgate_tls_handshake_failures_total", "counter", "TLS handshakes failed.",
         &W::tls_failures},
        {"claimgate_requests_in_flight", "gauge", "Requests begun and not yet answered.",
         &W::requests_open},
        {"claimgate_request_body_bytes_total", "counter", "Body bytes received from clients.",
         &W::bytes_in},
        {"claimgate_response_body_bytes_total", "counter", "Body bytes sent to clients.",
         &W::bytes_out},
        {"claimgate_proof_cache_hits_total", "counter", "Tokens whose proof was kept.",
         &W::proof_hits},
        {"claimgate_proof_cache_misses_total", "counter", "Tokens that had to be verified.",
         &W::proof_misses},
        {"claimgate_proof_cache_entries", "gauge", "Proofs kept.", &W::proof_entries},
        {"claimgate_proof_cache_bytes", "gauge", "Memory of the proofs kept.", &W::proof_bytes},
        {"claimgate_key_waits_total", "counter", "Requests that waited for an unknown key.",
         &W::key_waits},
        {"claimgate_access_log_dropped_total", "counter",
         "Access-log lines dropped for want of room.", &W::access_log_dropped},
        {"claimgate_decision_log_dropped_total", "counter",
         "Decisions that found no room in their log.", &W::decision_log_dropped},
    };
    for (const Family& family : families) {
        text.family(family.name, family.type, family.help);
        text.sample({},
                    sum(totals.workers, [&](const W& w) -> const Cell& { return w.*family.cell; }));
    }
}

} // namespace

void render_totals(std::string& out, const Registry::Totals& totals) {
    Exposition text(out);
    render_routes(text, totals);
    render_shadows(text, totals);
    render_candidate(text, totals);
    render_upstreams(text, totals);
    render_workers(text, totals);
}

void Registry::render(std::string& out) const {
    Totals sums;
    totals(sums);
    render_totals(out, sums);
    Exposition text(out);
    text.family("claimgate_workers", "gauge", "Worker threads.");
    text.sample({}, static_cast<std::uint64_t>(workers_.size()));
    text.family("claimgate_build_info", "gauge", "What is running; always 1.");
    text.sample({{"version", CLAIMGATE_VERSION}}, std::uint64_t{1});
    render_process(text);
}

} // namespace gateway::observe
