#include "policy/explain.hpp"
#include "policy/narrate.hpp"
#include "policy/scratch.hpp"
#include "policy/suppose.hpp"
#include "policy/token/validate.hpp"
#include "policy/token/verify.hpp"

#include <utility>

namespace policy {
namespace {

/// Reason::allowed, unknown_key where the keys would have to be fetched, or the reason against.
Reason verify(Admission& a, bool& is_key_needed) {
    token::Verdict verdict = token::verify(a.token, a.snapshot.issuers(), a.tools.proofs, a.now,
                                           a.snapshot.model().limits.token, true);
    if (auto* verified = std::get_if<token::Verified>(&verdict)) {
        a.proof = std::move(verified->proof);
        a.issuer = verified->issuer;
        narrate::verified(a);
        return Reason::allowed;
    }
    is_key_needed = std::holds_alternative<token::KeyWanted>(verdict);
    const Reason reason = is_key_needed ? Reason::unknown_key : std::get<Reason>(verdict);
    narrate::not_verified(a, reason);
    return reason;
}

Reason validate(Admission& a, std::string_view issuer) {
    Reason reason = token::validate(*a.proof, *a.issuer, a.now);
    if (!issuer.empty()) {
        const bool is_its = a.issuer->settings->name == issuer;
        a.tools.trace->step("issuer", is_its, std::string(issuer), a.issuer->settings->name,
                            a.issuer->settings->at);
        if (!is_its) reason = Reason::issuer_not_accepted;
    }
    narrate::validated(a);
    return reason;
}

} // namespace

Explanation explain_token(const Snapshot& snapshot, std::string_view token, TimePoint now,
                          std::string_view issuer) {
    Scratch scratch;
    token::ProofCache proofs(0, 0);
    Trace trace, supposed;
    Tools tools{scratch, proofs, true, &trace};
    RequestHead head;
    const Peer peer;
    Admission a{snapshot, head, peer, now, tools};
    a.token = token;

    Explanation result;
    bool is_key_needed = false;
    trace.begin_stage("verify");
    result.reason = verify(a, is_key_needed);
    trace.end_stage(result.reason == Reason::allowed);
    if (result.reason == Reason::allowed) {
        trace.begin_stage("validate");
        result.reason = validate(a, issuer);
        trace.end_stage(result.reason == Reason::allowed);
    } else if ((a.proof = take_unproven(token)) &&
               (a.issuer = suppose_issuer(snapshot, a.proof.get(), nullptr))) {
        tools.trace = &supposed;
        supposed.begin_stage("validate");
        supposed.end_stage(validate(a, issuer) == Reason::allowed);
    }
    result.stages = trace.stages();
    result.supposed = supposed.stages();
    const bool is_proven = result.stages.front().passed;
    if (a.issuer && (is_proven || is_key_needed)) result.issuer = a.issuer->settings->name;
    if (result.reason == Reason::allowed) {
        result.result = Explanation::Result::admitted;
        return result;
    }
    if (is_key_needed) result.result = Explanation::Result::key_needed;
    describe_refusal(result);
    return result;
}

} // namespace policy
