#include "policy/stages.hpp"

#include "policy/headers/client.hpp"
#include "policy/headers/cors.hpp"
#include "policy/headers/forward.hpp"
#include "policy/headers/forwarded.hpp"
#include "policy/headers/identity.hpp"
#include "policy/headers/value.hpp"
#include "policy/narrate.hpp"
#include "policy/route/host.hpp"
#include "policy/route/path.hpp"
#include "policy/token/find.hpp"
#include "policy/token/validate.hpp"
#include "policy/token/verify.hpp"

namespace policy::stages {

namespace {

using config::Access;

bool wants_token(const Admission& a) { return a.route->settings->access != Access::everyone; }

Decision refuse(const Admission& a, Reason reason) {
    Answer answer;
    answer.reason = reason;
    answer.route = a.route;
    answer.challenge = a.route && wants_token(a);
    return answer;
}

/// Methods that ask for a tunnel, echo the request, or belong to another protocol. Never forwarded.
bool is_refused_method(std::string_view method) {
    return method == "CONNECT" || method == "TRACE" || method == "TRACK" || method == "PRI";
}

bool is_accepted(const route::Route& route, const Snapshot& snapshot, const token::Issuer& issuer) {
    if (route.issuers.empty()) return true;
    return route.issuers[static_cast<std::size_t>(&issuer - snapshot.issuers().data())];
}

} // namespace

Decision normalise_target(Admission& a) {
    if (is_refused_method(a.head.method)) return refuse(a, Reason::not_implemented);
    if (!a.head.authority.empty()) {
        const auto authority =
            route::parse_authority(a.head.authority, a.peer.tls, a.tools.scratch);
        if (!authority) return refuse(a, Reason::bad_request);
        a.authority = authority->text;
        a.host = authority->host;
    } else if (a.head.minor_version != 0) {
        return refuse(a, Reason::bad_request); // RFC 9112 3.2: Host is required from 1.1 on
    }
    const auto target = route::normalise_target(a.head.target, a.head.authority, a.tools.scratch);
    narrate::target(a, target);
    if (target) {
        a.path = target->path;
        a.query = target->query;
        return {};
    }
    if (target.error() == route::TargetError::too_long) return refuse(a, Reason::target_too_long);
    return refuse(a, Reason::bad_target);
}

Decision find_route(Admission& a) {
    const route::Table& routes = a.snapshot.routes();
    if (const auto method = headers::preflight_method(a.head); !method.empty()) {
        const auto asked = routes.find(a.host, method, a.path);
        if (asked.route && asked.route->settings->cors) {
            a.route = asked.route;
            narrate::route(a, asked);
            return refuse(a, Reason::preflight_answered);
        }
    }
    const auto found = routes.find(a.host, a.head.method, a.path);
    a.route = found.route;
    a.parameters = found.parameters;
    narrate::route(a, found);
    if (found.route) return {};
    if (found.allow.empty()) return refuse(a, Reason::no_route);
    Answer answer;
    answer.reason = Reason::method_not_allowed;
    answer.allow = found.allow;
    return answer;
}

Decision strip(Admission& a) {
    const bool trusted = a.snapshot.is_trusted_proxy(a.peer.address);
    const headers::Client client = headers::find_client(a);
    a.client = client.address;
    a.client_text = client.text;
    headers::drop_hop_by_hop(a.head);
    headers::drop_claims_about_request(a.head, trusted);
    headers::drop_identity(a.head, a.snapshot.identity_headers());
    if (a.route->settings->forward.authorization == config::AuthorizationHeader::strip)
        for (Field& field : a.head.fields.all())
            field.dropped |= field.id == FieldId::authorization;
    narrate::strip(a);
    return {};
}

Decision find_token(Admission& a) {
    if (!wants_token(a)) return {};
    const token::Found found = token::find_token(a.head.fields);
    narrate::token(a, found);
    if (found.reason == Reason::allowed) {
        a.token = found.token;
        return {};
    }
    if (found.reason == Reason::token_missing && a.route->settings->access == Access::optional)
        return {};
    return refuse(a, found.reason);
}

Decision verify_token(Admission& a) {
    if (a.token.empty()) return {};
    token::Verdict verdict = token::verify(a.token, a.snapshot.issuers(), a.tools.proofs, a.now,
                                           a.snapshot.model().limits.token, a.tools.may_wait);
    if (auto* verified = std::get_if<token::Verified>(&verdict)) {
        a.proof = std::move(verified->proof);
        a.issuer = verified->issuer;
        a.proof_cached = verified->cached;
        narrate::verified(a);
        return {};
    }
    if (const auto* wanted = std::get_if<token::KeyWanted>(&verdict)) {
        narrate::not_verified(a, Reason::unknown_key);
        return KeyNeeded{wanted->issuer};
    }
    narrate::not_verified(a, std::get<Reason>(verdict));
    return refuse(a, std::get<Reason>(verdict));
}

Decision validate_token(Admission& a) {
    if (!a.proof) return {};
    if (!is_accepted(*a.route, a.snapshot, *a.issuer)) {
        narrate::issuer_not_accepted(a);
        return refuse(a, Reason::issuer_not_accepted);
    }
    const Reason reason = token::validate(*a.proof, *a.issuer, a.now);
    narrate::validated(a);
    if (reason != Reason::allowed) return refuse(a, reason);
    return {};
}

Decision evaluate_rule(Admission& a) {
    const Access access = a.route->settings->access;
    // The stages before make sure of it; should they ever not, the answer is no.
    if (!a.proof && (access == Access::authenticated || access == Access::rule))
        return refuse(a, Reason::internal_error);
    if (access != Access::rule) return {};
    const rule::Verdict verdict = rule::evaluate(a.route->rule, a, a.tools.trace);
    a.shadow_denied = verdict.shadow_denied;
    a.shadow_allowed = verdict.shadow_allowed;
    a.shadow_rules = verdict.shadow_rules;
    a.decider = verdict.entry;
    if (verdict.reason == Reason::allowed) return {};
    Answer answer;
    answer.reason = verdict.reason;
    answer.route = a.route;
    answer.challenge = true;
    answer.scope = a.route->scope_challenge;
    answer.acr_values = verdict.acr_values;
    answer.max_age = verdict.max_age;
    return answer;
}

namespace {

/// On a route in shadow mode nobody vouches for a request that was refused before its rule, so not
/// even a header without any claim in it may say so.
bool is_vouched_for(const Admission& a) {
    return a.shadow_reason == Reason::allowed || a.proof != nullptr;
}

} // namespace

Decision write_headers(Admission& a) {
    const bool trusted = a.snapshot.is_trusted_proxy(a.peer.address);
    for (const route::ForwardHeader& header : a.route->headers) {
        if (!is_vouched_for(a)) break;
        const rule::Value value = header.value.evaluate(a);
        narrate::header(a, header, value);
        if (!value && value.error() == rule::TextError::missing) continue;
        if (!value || !headers::is_forwardable(*value)) {
            if (!a.route->settings->shadow) return refuse(a, Reason::claim_not_forwardable);
            if (a.shadow_reason == Reason::allowed) a.shadow_reason = Reason::claim_not_forwardable;
            continue;
        }
        if (!a.add(header.name, *value)) return refuse(a, Reason::internal_error);
    }
    if (!headers::add_forwarded(a, trusted)) return refuse(a, Reason::internal_error);
    return {};
}

} // namespace policy::stages
