#include "policy/explain.hpp"

#include "policy/scratch.hpp"

namespace policy {

namespace {

void describe_upstream(const Snapshot& snapshot, const RequestHead& head, const Admitted& admitted,
                       Explanation& result) {
    result.upstream = snapshot.model().upstreams[admitted.route().upstream].name;
    result.method = head.method;
    result.target = std::string(admitted.path()) + std::string(admitted.query());
    result.authority = admitted.authority();
    for (const AddedField& field : admitted.added())
        result.added.emplace_back(field.name, field.value);
    for (const Field& field : head.fields.all())
        (field.dropped ? result.dropped : result.forwarded).emplace_back(field.name);
}

void describe_shadows(const Findings& findings, Explanation& result) {
    result.shadow_denied = findings.shadow_denied;
    result.shadow_allowed = findings.shadow_allowed;
    result.shadow_reason = findings.shadow_reason;
    const auto& names = findings.route->rule.shadows();
    for (std::size_t i = 0; i < names.size(); ++i)
        if ((findings.shadow_rules >> i & 1) != 0) result.shadow_rules.push_back(names[i]);
}

/// The first rule line that said no: the place where a reader should look.
const TraceStep* first_refusal(const std::vector<TraceStep>& steps) {
    for (const TraceStep& step : steps) {
        if (step.held || step.shadow) continue;
        if (const TraceStep* inner = first_refusal(step.steps)) return inner;
        return &step;
    }
    return nullptr;
}

std::string advice_for(const Explanation& result) {
    std::string text(advice(result.reason));
    if (result.stages.empty() || result.stages.back().passed) return text;
    const TraceStep* step = first_refusal(result.stages.back().steps);
    if (!step) return text;
    text += " (" + step->what;
    if (!step->expected.empty()) text += ": expected " + step->expected;
    if (!step->found.empty()) text += ", found " + step->found;
    if (step->at.line > 0) text += "; line " + std::to_string(step->at.line);
    return text + ")";
}

} // namespace

Explanation explain(const Snapshot& snapshot, RequestHead& head, const Peer& peer, TimePoint now) {
    Scratch scratch;
    token::ProofCache proofs(0, 0);
    Trace trace;
    Tools tools{scratch, proofs, true, &trace};
    Findings findings;
    const Outcome outcome = admit(snapshot, head, peer, now, tools, findings);

    Explanation result;
    result.stages = trace.stages();
    if (findings.proof) result.issuer = findings.proof->issuer_name;
    if (findings.route) {
        result.route = findings.route->settings->name;
        result.route_at = findings.route->settings->at;
        describe_shadows(findings, result);
    }
    if (const auto* admitted = std::get_if<Admitted>(&outcome)) {
        result.result = Explanation::Result::admitted;
        result.reason = Reason::allowed;
        describe_upstream(snapshot, head, *admitted, result);
        return result;
    }
    if (const auto* key = std::get_if<KeyNeeded>(&outcome)) {
        result.result = Explanation::Result::key_needed;
        result.reason = Reason::unknown_key;
        result.issuer = snapshot.issuers()[key->issuer].settings->name;
    } else {
        result.reason = std::get<Answer>(outcome).reason;
    }
    result.status = info(result.reason).status;
    result.advice = advice_for(result);
    return result;
}

} // namespace policy
