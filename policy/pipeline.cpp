#include "policy/pipeline.hpp"

#include "policy/stages.hpp"
#include "policy/trace.hpp"

#include <utility>

namespace policy {

namespace {

/// Whether a stage's no is only recorded on a route in shadow mode. What is broken HTTP, and what
/// says where a request goes, is no matter of access.
enum class InShadow : bool { refuses, records };

struct Stage {
    std::string_view name;
    std::string_view why; ///< why it stands where it stands
    Decision (*ask)(Admission&);
    InShadow in_shadow = InShadow::refuses;
};

// Order is security.
constexpr Stage table[] = {
    {"target", "first: every later stage must see the path that the upstream will see",
     stages::normalise_target},
    {"route", "before identity: the route says which identity is wanted; a preflight ends here",
     stages::find_route},
    {"strip", "before anything reads a header that a client may have forged", stages::strip},
    {"token", "after the route is known: exactly one, in one place", stages::find_token,
     InShadow::records},
    {"verify", "signature before claims: nothing in an unproven token is believed",
     stages::verify_token, InShadow::records},
    {"validate", "on every request, cached proof or not: time and audience change",
     stages::validate_token, InShadow::records},
    {"decide", "needs believed claims", stages::evaluate_rule, InShadow::records},
    {"headers", "last: what is written was decided on, and replaces what was stripped",
     stages::write_headers},
};

Decision ask(const Stage& stage, Admission& admission) {
    Trace* const trace = admission.tools.trace;
    if (trace) trace->begin_stage(stage.name);
    Decision decision = stage.ask(admission);
    if (trace) trace->end_stage(!decision);
    return decision;
}

/// On a route in shadow mode a no about the token or the rule becomes a note, and what follows of
/// these is not asked. Who failed before its rule was asked is nobody: no identity goes on.
bool is_recorded(const Stage& stage, const Decision& stop, Admission& a) {
    if (stage.in_shadow != InShadow::records || !a.route || !a.route->settings->shadow)
        return false;
    const auto* answer = std::get_if<Answer>(&*stop);
    if (!answer || answer->reason == Reason::internal_error) return false;
    // Authorization is a field that stands once (RFC 9110 11.6.2): two are broken HTTP.
    if (answer->reason == Reason::several_tokens) return false;
    a.shadow_reason = answer->reason;
    if (stage.ask == stages::evaluate_rule) return true;
    a.refused_proof = std::exchange(a.proof, nullptr);
    a.issuer = nullptr;
    return true;
}

} // namespace

/// The only maker of permits.
class Pipeline {
public:
    static Outcome run(Admission& admission) try {
        for (const Stage& stage : table) {
            if (stage.in_shadow == InShadow::records && admission.shadow_reason != Reason::allowed)
                continue;
            Decision stop = ask(stage, admission);
            if (stop && !is_recorded(stage, stop, admission))
                return std::visit([](auto& end) -> Outcome { return end; }, *stop);
        }
        return Admitted(std::move(admission));
    } catch (...) {
        // Out of memory, or a mistake of ours. Whatever it is, it is not a yes.
        Answer answer;
        answer.route = admission.route;
        return answer;
    }
};

Admitted::Admitted(Admission&& admission)
    : route_(admission.route), path_(admission.path), query_(admission.query),
      authority_(admission.authority), client_text_(admission.client_text), proof_(admission.proof),
      proof_cached_(admission.proof_cached), added_(admission.added),
      added_size_(admission.added_size) {}

Outcome admit(const Snapshot& snapshot, RequestHead& head, const Peer& peer, TimePoint now,
              Tools& tools, Findings& findings) {
    Admission admission{snapshot, head, peer, now, tools};
    admission.client = peer.address;
    admission.client_text = peer.text;
    Outcome outcome = Pipeline::run(admission);
    findings.route = admission.route;
    findings.path = admission.path;
    findings.client_text = admission.client_text;
    findings.proof = admission.refused_proof ? admission.refused_proof : admission.proof;
    findings.proof_cached = admission.proof_cached;
    findings.shadow_denied = admission.shadow_denied;
    findings.shadow_allowed = admission.shadow_allowed;
    findings.shadow_rules = admission.shadow_rules;
    findings.shadow_reason = admission.shadow_reason;
    findings.decider = admission.decider;
    return outcome;
}

std::vector<StageName> stage_names() {
    std::vector<StageName> names;
    for (const Stage& stage : table) names.push_back({stage.name, stage.why});
    return names;
}

} // namespace policy
