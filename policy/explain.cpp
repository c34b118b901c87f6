#include "policy/explain.hpp"

#include "policy/scratch.hpp"
#include "policy/suppose.hpp"

#include <utility>

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

std::string advice_for(const Explanation& result, const TraceStep* step) {
    std::string text(advice(result.reason));
    if (!step) return text;
    text += " (" + step->what;
    if (!step->expected.empty()) text += ": expected " + step->expected;
    if (!step->found.empty()) text += ", found " + step->found;
    if (step->at.line > 0) text += "; line " + std::to_string(step->at.line);
    return text + ")";
}

void add_changes(const std::vector<TraceStage>& stages, std::vector<Change>& changes) {
    for (const TraceStage& stage : stages)
        if (!stage.passed)
            for (Change& change : changes_for(stage.steps)) changes.push_back(std::move(change));
}

} // namespace

void describe_refusal(Explanation& result) {
    result.status = info(result.reason).status;
    TraceStep* step = nullptr;
    if (!result.stages.empty() && !result.stages.back().passed)
        step = first_refusal(result.stages.back().steps);
    if (step) step->decided = true;
    result.advice = advice_for(result, step);
    if (result.status < 400) return; // a preflight: nothing has to change
    add_changes(result.stages, result.changes);
    if (result.changes.empty())
        result.changes.push_back({.what = std::string(info(result.reason).name),
                                  .expected = std::string(advice(result.reason))});
    add_changes(result.supposed, result.changes);
}

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
    if (!result.stages.empty())
        result.supposed = suppose(snapshot, head, peer, now, result.stages.back().name);
    describe_refusal(result);
    return result;
}

} // namespace policy
