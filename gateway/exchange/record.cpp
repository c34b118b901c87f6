#include "gateway/exchange/record.hpp"

#include "gateway/observe/access_log.hpp"
#include "gateway/observe/decision_log.hpp"
#include "gateway/worker.hpp"

#include <algorithm>
#include <bit>
#include <chrono>

namespace gateway {

namespace {

void count(observe::RouteCells& cells, const Report& report, std::chrono::microseconds duration) {
    if (report.status >= 100 && report.status < 600)
        cells.status[static_cast<std::size_t>(report.status / 100 - 1)].add();
    cells.reasons[static_cast<std::size_t>(report.reason)].add();
    cells.duration.record(duration);
}

/// Each rule that would have changed the decision is counted.
void count_shadows(observe::ShadowCells& cells, const policy::Findings& findings) {
    for (policy::rule::ShadowSet left = findings.shadow_rules; left != 0; left &= left - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(left));
        (findings.shadow_denied ? cells.rules[index].would_deny : cells.rules[index].would_allow)
            .add();
    }
    if (findings.shadow_reason != policy::Reason::allowed)
        cells.reasons[static_cast<std::size_t>(findings.shadow_reason)].add();
}

void note_shadows(observe::AccessRecord& line, const policy::Findings& findings) {
    line.shadow_denied = findings.shadow_denied;
    line.shadow_allowed = findings.shadow_allowed;
    line.shadow_rules = findings.shadow_rules;
    line.shadow_names = findings.route->rule.shadows();
    line.shadow_reason = findings.shadow_reason;
}

} // namespace

void record(Exchange& exchange, Worker& worker, const Service& service, const Report& report) {
    ExchangeMemory& memory = exchange.memory();
    const policy::Findings& findings = memory.findings;
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - exchange.began());

    observe::WorkerMetrics& metrics = worker.metrics();
    metrics.bytes_in.add(exchange.body_received());
    metrics.bytes_out.add(exchange.body_sent());
    count(findings.route ? *service.cells.routes[findings.route->index] : metrics.no_route, report,
          duration);

    observe::AccessRecord line;
    line.started =
        worker.wall_clock() - std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    line.request_id = memory.request_id;
    line.client = findings.client_text.empty() ? memory.peer.text : findings.client_text;
    line.method = memory.request.method;
    line.host = memory.request.authority;
    line.path = findings.path;
    line.minor_version = memory.request.minor_version;
    line.tls = memory.peer.tls;
    line.status = report.status;
    line.reason = report.reason;
    if (findings.route) {
        line.route = findings.route->settings->name;
        note_shadows(line, findings);
        if (const auto& cells = service.cells.shadows[findings.route->index])
            count_shadows(*cells, findings);
    }
    line.upstream = report.upstream_name;
    line.target = report.target;
    line.bytes_in = exchange.body_received();
    line.bytes_out = exchange.body_sent();
    line.duration = duration;
    line.upstream_duration = report.upstream_duration;
    line.proof_cached = findings.proof_cached;
    line.proof = findings.proof.get();
    if (!worker.access_logger().write(line)) metrics.access_log_dropped.add();
}

namespace {

policy::Reason reason_of(const policy::Outcome& outcome) {
    if (std::holds_alternative<policy::Admitted>(outcome)) return policy::Reason::allowed;
    const auto* answer = std::get_if<policy::Answer>(&outcome);
    return answer ? answer->reason : policy::Reason::keys_unavailable;
}

observe::TokenState token_state(const policy::Findings& findings, policy::Reason reason) {
    using enum observe::TokenState;
    if (!findings.route || findings.route->settings->access == config::Access::everyone)
        return unseen;
    if (findings.proof) return proven;
    const bool was_refused =
        reason == policy::Reason::bad_credentials || reason == policy::Reason::several_tokens ||
        reason == policy::Reason::keys_unavailable ||
        (policy::info(reason).status == 401 && reason != policy::Reason::token_missing);
    return was_refused ? refused : none;
}

} // namespace

void record_decision(Exchange& exchange, Worker& worker, const Service& service) {
    const ExchangeMemory& memory = exchange.memory();
    const policy::Findings& findings = memory.findings;
    const auto& settings = service.snapshot->model().decision_log;
    if (!settings || findings.path.empty() || !memory.outcome) return;
    const policy::Reason reason = findings.shadow_reason != policy::Reason::allowed
                                      ? findings.shadow_reason
                                      : reason_of(*memory.outcome);
    if (reason == policy::Reason::preflight_answered) return;
    if (settings->sample < config::DecisionLog::everything &&
        worker.random()() % config::DecisionLog::everything >= settings->sample)
        return;

    observe::DecisionRecord line;
    line.at = memory.decided_at;
    line.request_id = memory.request_id;
    line.client = findings.client_text.empty() ? memory.peer.text : findings.client_text;
    line.method = memory.request.method;
    line.host = memory.request.authority;
    line.path = findings.path;
    const std::string_view target = memory.request.target;
    line.query = target.substr(std::min(target.find('?'), target.size()));
    line.tls = memory.peer.tls;
    line.reason = reason;
    line.token = token_state(findings, reason);
    line.proof = findings.proof.get();
    line.fields = &memory.request.fields;
    if (findings.route) {
        line.route = findings.route->settings->name;
        line.interest = service.snapshot->interest(*findings.route);
    }
    if (!worker.decision_logger().write(line)) worker.metrics().decision_log_dropped.add();
}

} // namespace gateway
