#include "gateway/exchange/serve.hpp"

#include "gateway/exchange/answer.hpp"
#include "gateway/exchange/candidate.hpp"
#include "gateway/exchange/forward.hpp"
#include "gateway/exchange/record.hpp"
#include "gateway/exchange/request_id.hpp"
#include "gateway/worker.hpp"

namespace gateway {

namespace {

policy::Outcome& admit(ExchangeMemory& memory, Worker& worker, const policy::Snapshot& snapshot,
                       bool may_wait) {
    policy::Tools tools{memory.scratch, worker.proofs(), may_wait, nullptr};
    memory.decided_at = worker.wall_clock();
    return memory.outcome.emplace(policy::admit(snapshot, memory.request, memory.peer,
                                                memory.decided_at, tools, memory.findings));
}

policy::Answer keys_unavailable(const policy::Findings& findings) {
    policy::Answer answer;
    answer.reason = policy::Reason::keys_unavailable;
    answer.route = findings.route;
    return answer;
}

} // namespace

Task<void> serve(Exchange& exchange, Worker& worker) {
    ExchangeMemory& memory = exchange.memory();
    std::shared_ptr<const Service> service = worker.service();
    Report report;
    const bool trusted = service->snapshot->is_trusted_proxy(memory.peer.address);
    memory.request_id = choose_request_id(memory.request, trusted, worker.random(), memory.scratch);

    policy::Outcome* outcome = &admit(memory, worker, *service->snapshot, true);
    if (const auto* needed = std::get_if<policy::KeyNeeded>(outcome)) {
        const std::size_t issuer = needed->issuer;
        // On a route in shadow mode nobody waits for a verdict that decides nothing.
        if (memory.findings.route->settings->shadow)
            worker.want_keys(issuer, service->snapshot->generation());
        else
            co_await worker.wait_for_keys(issuer, service->snapshot->generation());
        service = worker.service();
        outcome = &admit(memory, worker, *service->snapshot, false);
    }

    if (service->snapshot->candidate()) judge_candidate(exchange, worker, *service);
    if (auto* permit = std::get_if<policy::Admitted>(outcome))
        co_await forward(exchange, *permit, worker, *service, report);
    else if (const auto* answer = std::get_if<policy::Answer>(outcome))
        send_answer(exchange, *answer, report);
    else
        send_answer(exchange, keys_unavailable(memory.findings), report);

    if (!exchange.is_drained()) co_await exchange.drain();
    if (exchange.write_error() && report.reason == policy::Reason::allowed)
        report.reason = policy::Reason::client_gone;
    record(exchange, worker, *service, report);
    if (worker.decision_logger().is_on()) record_decision(exchange, worker, *service);
}

void refuse(Exchange& exchange, Worker& worker, policy::Reason reason) {
    ExchangeMemory& memory = exchange.memory();
    memory.request.fields.clear(); // half-read: nothing in it is to be believed
    memory.request_id = choose_request_id(memory.request, false, worker.random(), memory.scratch);
    policy::Answer answer;
    answer.reason = reason;
    Report report;
    send_answer(exchange, answer, report);
    record(exchange, worker, *worker.service(), report);
}

} // namespace gateway
