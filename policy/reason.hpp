#pragma once

// Why a request ended as it did: one closed list, stable names, counted in metrics and written to
// the log. A client is told less: its `code` is the same for every cause of an invalid token, so
// that there is no oracle.

#include <cstdint>
#include <string_view>

namespace policy {

enum class Reason : std::uint8_t {
    allowed,
    preflight_answered, ///< CORS preflight, answered here
    // 400: the request itself
    bad_request,     ///< not well-formed HTTP, or framing that could be read in two ways
    bad_target,      ///< a target that could be read in two ways
    bad_credentials, ///< Authorization that is not one well-formed bearer token
    several_tokens,  ///< more than one Authorization field
    // 401: the token
    token_missing,
    token_malformed,
    token_too_large,
    token_critical, ///< `crit` or `b64` demands what we do not implement (RFC 7515 4.1.11)
    unknown_issuer,
    algorithm_not_allowed,
    unknown_key,
    bad_signature,
    token_expired,
    token_not_yet_valid,
    token_issued_in_future,
    token_lifetime,  ///< `exp` further away than the issuer's max_lifetime
    tenant_mismatch, ///< the tenant in `iss` is not that of the issuer's tenant claim
    bad_audience,
    bad_type,
    claim_missing,       ///< a registered or required claim is missing or of the wrong type
    token_bound,         ///< `cnf` binds it to a key that we do not check
    issuer_not_accepted, ///< a good token, but not of an issuer that this route accepts
    step_up_required,    ///< RFC 9470: the login was not strong or fresh enough
    // 403
    insufficient_scope,
    rule_denied,
    claim_not_forwardable, ///< a header's template gave bytes that a header cannot carry
    // 404, 405 and other refusals
    no_route,
    method_not_allowed,
    request_timeout,
    body_too_large,
    target_too_long,
    head_too_large,
    expectation_failed,
    not_implemented,
    version_not_supported,
    // 5xx
    internal_error,
    keys_unavailable, ///< the issuer's keys were never had, or are too old
    overloaded,
    draining,
    upstream_unreachable,
    upstream_failed,  ///< closed or broke before its head was complete
    upstream_invalid, ///< its answer is not HTTP that we would pass on
    upstream_timeout,
    // no status: the exchange ended without one
    client_gone,
    client_too_slow,
    count_ ///< how many there are
};

struct ReasonInfo {
    std::string_view name;  ///< for log and metrics, e.g. "token_expired"
    int status;             ///< 0 where nothing is sent
    std::string_view code;  ///< what the client is told, e.g. "invalid_token"
    std::string_view title; ///< RFC 9457 title
};

const ReasonInfo& info(Reason reason);

} // namespace policy
