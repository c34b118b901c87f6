#include "policy/explain.hpp"

namespace policy {

namespace {

std::string_view advice_on_token(Reason reason) {
    switch (reason) {
    case Reason::token_missing: return "send a token: Authorization: Bearer TOKEN";
    case Reason::token_malformed:
        return "send a signed JWT in its compact form, whole and unchanged";
    case Reason::token_too_large: return "send a shorter token, or raise limits.token";
    case Reason::token_critical: return "have the issuer leave out `crit` and `b64`";
    case Reason::unknown_issuer: return "add the token's `iss`, byte for byte, under issuers";
    case Reason::algorithm_not_allowed:
        return "have the issuer sign with one of its `algorithms`, or list the token's there";
    case Reason::unknown_key: return "the issuer's key set must hold the key that the token names";
    case Reason::bad_signature:
        return "the token must be signed by the key that it names, unchanged since";
    case Reason::token_expired: return "get a new token, or see that the clocks agree";
    case Reason::token_not_yet_valid: return "wait for `nbf`, or see that the clocks agree";
    case Reason::token_issued_in_future: return "see that the issuer's clock and ours agree";
    case Reason::token_lifetime:
        return "have the issuer give tokens that end sooner, or raise max_lifetime";
    case Reason::tenant_mismatch:
        return "the issuer's tenant claim must say the same as that place of `iss`";
    case Reason::bad_audience:
        return "get a token for this audience, or add the token's under `audience`";
    case Reason::bad_type:
        return "send an access token, or add its `typ` under the issuer's `types`";
    case Reason::claim_missing:
        return "the issuer must put the claim into the token, with the right type";
    case Reason::token_bound:
        return "send a token that is not bound to a key; bindings are not checked here";
    case Reason::issuer_not_accepted: return "get a token of an issuer that the route lists";
    case Reason::step_up_required:
        return "log in again, as strongly and as recently as the rule asks";
    default: return "";
    }
}

std::string_view advice_on_request(Reason reason) {
    switch (reason) {
    case Reason::bad_request: return "send well-formed HTTP with one valid Host";
    case Reason::bad_target: return "write the path in the one way that cannot be misread";
    case Reason::bad_credentials: return "send exactly: Authorization: Bearer TOKEN";
    case Reason::several_tokens: return "send one Authorization field, not several";
    case Reason::no_route: return "add a route for this host and path";
    case Reason::method_not_allowed: return "use another method, or list this one on the route";
    case Reason::target_too_long: return "send a target of at most 8 KiB";
    case Reason::not_implemented: return "this method is never forwarded";
    default: return "";
    }
}

} // namespace

std::string_view advice(Reason reason) {
    if (const auto text = advice_on_token(reason); !text.empty()) return text;
    if (const auto text = advice_on_request(reason); !text.empty()) return text;
    switch (reason) {
    case Reason::insufficient_scope: return "get a token with the scopes that the rule asks for";
    case Reason::rule_denied: return "the rule must hold";
    case Reason::claim_not_forwardable:
        return "the value must be one that a header can carry: at most 4 KiB, no control "
               "characters, no ',' inside a list's element";
    case Reason::keys_unavailable: return "the issuer's keys must be reachable, once";
    case Reason::preflight_answered:
        return "nothing: this is a CORS preflight, and it is answered here";
    case Reason::internal_error: return "nothing you can do: this is a mistake of the gateway";
    default: return "";
    }
}

} // namespace policy
