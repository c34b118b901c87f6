#include "policy/suppose.hpp"

#include "policy/narrate.hpp"
#include "policy/rule/rule.hpp"
#include "policy/stages.hpp"
#include "policy/token/claims.hpp"
#include "policy/token/find.hpp"
#include "policy/token/header.hpp"
#include "policy/token/inspect.hpp"
#include "policy/token/validate.hpp"

#include <utility>

namespace policy {
namespace {

bool is_accepted(const Snapshot& snapshot, const route::Route* route, const token::Issuer& issuer) {
    if (!route || route->issuers.empty()) return true;
    return route->issuers[static_cast<std::size_t>(&issuer - snapshot.issuers().data())];
}

void suppose_validation(Admission& a) {
    Trace& trace = *a.tools.trace;
    if (!a.issuer && a.proof) return;
    trace.begin_stage("validate");
    if (!a.proof) {
        narrate::wanted_of_token(a);
        return trace.end_stage(false);
    }
    if (!is_accepted(a.snapshot, a.route, *a.issuer)) {
        narrate::issuer_not_accepted(a);
        return trace.end_stage(false);
    }
    narrate::validated(a);
    trace.end_stage(token::validate(*a.proof, *a.issuer, a.now) == Reason::allowed);
}

/// Rules need an issuer to know where roles and scopes live.
const token::Issuer* first_accepted(const Admission& a) {
    for (const token::Issuer& issuer : a.snapshot.issuers())
        if (is_accepted(a.snapshot, a.route, issuer)) return &issuer;
    return nullptr;
}

void suppose_decision(Admission& a) {
    if (a.route->settings->access != config::Access::rule) return;
    if (a.proof && !a.issuer) a.issuer = first_accepted(a);
    Trace& trace = *a.tools.trace;
    trace.begin_stage("decide");
    const rule::Verdict verdict = rule::evaluate(a.route->rule, a, &trace);
    trace.end_stage(verdict.reason == Reason::allowed);
}

} // namespace

token::ProofPtr take_unproven(std::string_view token) {
    const auto parts = token::parse_unverified(token);
    if (!parts) return nullptr;
    auto claims = token::parse_claims(parts->claims_text, {.bytes = parts->claims_text.size()});
    if (!claims) return nullptr;
    auto proof = std::make_shared<token::Proof>();
    if (auto header = token::parse_header(parts->header_text, {.bytes = parts->header_text.size()}))
        proof->header = *std::move(header);
    proof->claims = *std::move(claims);
    return proof;
}

const token::Issuer* suppose_issuer(const Snapshot& snapshot, const token::Proof* proof,
                                    const route::Route* route) {
    const token::Issuer* only = nullptr;
    std::size_t accepted = 0;
    for (const token::Issuer& issuer : snapshot.issuers()) {
        if (proof && !proof->claims.issuer.empty() && issuer.is_named(proof->claims.issuer))
            return &issuer;
        if (!is_accepted(snapshot, route, issuer)) continue;
        only = &issuer;
        ++accepted;
    }
    return accepted == 1 ? only : nullptr;
}

std::vector<TraceStage> suppose(const Snapshot& snapshot, RequestHead& head, const Peer& peer,
                                TimePoint now, std::string_view refused_by) {
    const bool is_validated = refused_by == "validate";
    if (refused_by != "token" && refused_by != "verify" && !is_validated) return {};
    Scratch scratch;
    token::ProofCache proofs(0, 0);
    Trace trace;
    Tools tools{scratch, proofs, false, nullptr};
    Admission a{snapshot, head, peer, now, tools};
    a.client = peer.address;
    a.client_text = peer.text;
    for (const auto stage : {stages::normalise_target, stages::find_route, stages::strip})
        if (stage(a)) return {};
    const token::Found found = token::find_token(head.fields);
    if (found.reason == Reason::allowed) a.proof = take_unproven(found.token);
    a.issuer = suppose_issuer(snapshot, a.proof.get(), a.route);
    tools.trace = &trace;
    if (!is_validated) suppose_validation(a);
    suppose_decision(a);
    return trace.stages();
}

} // namespace policy
