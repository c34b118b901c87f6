#include "policy/pipeline.hpp"

#include "policy/stages.hpp"
#include "policy/trace.hpp"

#include <utility>

namespace policy {

namespace {

struct Stage {
    std::string_view name;
    std::string_view why; ///< why it stands where it stands
    Decision (*ask)(Admission&);
};

// Order is security.
constexpr Stage table[] = {
    {"target", "first: every later stage must see the path that the upstream will see",
     stages::normalise_target},
    {"route", "before identity: the route says which identity is wanted; a preflight ends here",
     stages::find_route},
    {"strip", "before anything reads a header that a client may have forged", stages::strip},
    {"token", "after the route is known: exactly one, in one place", stages::find_token},
    {"verify", "signature before claims: nothing in an unproven token is believed",
     stages::verify_token},
    {"validate", "on every request, cached proof or not: time and audience change",
     stages::validate_token},
    {"decide", "needs believed claims", stages::evaluate_rule},
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

} // namespace

/// The only maker of permits.
class Pipeline {
public:
    static Outcome run(Admission& admission) try {
        for (const Stage& stage : table)
            if (Decision stop = ask(stage, admission))
                return std::visit([](auto& end) -> Outcome { return end; }, *stop);
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
    findings = {admission.route, admission.path,         admission.client_text,
                admission.proof, admission.proof_cached, admission.shadow_denied};
    return outcome;
}

std::vector<StageName> stage_names() {
    std::vector<StageName> names;
    for (const Stage& stage : table) names.push_back({stage.name, stage.why});
    return names;
}

} // namespace policy
