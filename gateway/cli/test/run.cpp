#include "gateway/cli/test/run.hpp"

#include "policy/answers.hpp"
#include "policy/pipeline.hpp"

#include <sstream>

namespace gateway::cli::test {
namespace {

constexpr std::size_t most_proofs = 16 * 1024;
constexpr std::size_t most_proof_bytes = std::size_t{64} << 20;

/// Reads the request. The options were checked: what is still wrong is the parser's to refuse.
void build(ExplainedRequest& request, const Case& test, const config::Model& model) {
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out};
    request.build(test.request, model, console);
}

void refuse(Observed& observed, policy::Reason reason) {
    observed.reason = reason;
    observed.status = policy::info(reason).status;
    observed.allowed = observed.status < 400;
}

void take_answer(const policy::Answer& answer, const policy::RequestHead& request,
                 policy::Scratch& scratch, Observed& observed) {
    refuse(observed, answer.reason);
    policy::ResponseHead head;
    policy::render(answer, request, {}, scratch, head);
    if (const auto* field = head.fields.find(policy::FieldId::www_authenticate))
        observed.challenge = field->value;
}

void take_permit(const policy::Admitted& admitted, const policy::RequestHead& request,
                 const policy::Snapshot& snapshot, Observed& observed) {
    observed.allowed = true;
    observed.reason = policy::Reason::allowed;
    observed.upstream = snapshot.model().upstreams[admitted.route().upstream].name;
    for (const policy::Field& field : request.fields.all())
        if (!field.dropped) observed.headers.emplace_back(field.name, field.value);
    for (const policy::AddedField& field : admitted.added())
        observed.headers.emplace_back(field.name, field.value);
}

} // namespace

Runner::Runner() : proofs_(most_proofs, most_proof_bytes) {}

Observed Runner::run(const Case& test, const policy::Snapshot& snapshot, policy::Trace* trace) {
    Observed observed;
    ExplainedRequest request;
    build(request, test, snapshot.model());
    if (request.refusal() != policy::Reason::allowed) {
        refuse(observed, request.refusal());
        return observed;
    }
    scratch_.reset();
    policy::Tools tools{scratch_, proofs_, false, trace};
    policy::Findings findings;
    const policy::Outcome outcome =
        policy::admit(snapshot, request.head(), request.peer(), test.at, tools, findings);
    if (findings.route) observed.route = findings.route->index;
    if (const auto* admitted = std::get_if<policy::Admitted>(&outcome))
        take_permit(*admitted, request.head(), snapshot, observed);
    else if (const auto* answer = std::get_if<policy::Answer>(&outcome))
        take_answer(*answer, request.head(), scratch_, observed);
    else
        refuse(observed, policy::Reason::keys_unavailable);
    const bool denied = findings.shadow_denied || findings.shadow_reason != policy::Reason::allowed;
    observed.shadow_reason = findings.shadow_reason;
    observed.shadow_allowed = !denied && (observed.allowed || findings.shadow_allowed);
    return observed;
}

policy::Explanation explain(const Case& test, const policy::Snapshot& snapshot) {
    ExplainedRequest request;
    build(request, test, snapshot.model());
    return explain_request(snapshot, request, test.at);
}

} // namespace gateway::cli::test
