#include "policy/reason.hpp"

#include <array>
#include <cstddef>

namespace policy {

namespace {

// One text for every cause of an invalid token: what differs here would tell an attacker how far a
// forgery got.
constexpr std::string_view invalid_token = "invalid_token";
constexpr std::string_view not_accepted = "The token is not accepted";

struct Row {
    Reason reason;
    ReasonInfo info;
};

constexpr Row bad_token(Reason reason, std::string_view name) {
    return {reason, {name, 401, invalid_token, not_accepted}};
}

constexpr std::array table = {
    Row{Reason::allowed, {"allowed", 0, "", ""}},
    Row{Reason::preflight_answered, {"preflight_answered", 204, "", ""}},

    Row{Reason::bad_request, {"bad_request", 400, "bad_request", "The request is not well-formed"}},
    Row{Reason::bad_target, {"bad_target", 400, "bad_target", "The request target is ambiguous"}},
    Row{Reason::bad_credentials,
        {"bad_credentials", 400, "invalid_request", "Authorization must be one bearer token"}},
    Row{Reason::several_tokens,
        {"several_tokens", 400, "invalid_request", "Authorization must be one bearer token"}},

    Row{Reason::token_missing, {"token_missing", 401, "token_required", "A token is required"}},
    bad_token(Reason::token_malformed, "token_malformed"),
    bad_token(Reason::token_too_large, "token_too_large"),
    bad_token(Reason::token_critical, "token_critical"),
    bad_token(Reason::unknown_issuer, "unknown_issuer"),
    bad_token(Reason::algorithm_not_allowed, "algorithm_not_allowed"),
    bad_token(Reason::unknown_key, "unknown_key"),
    bad_token(Reason::bad_signature, "bad_signature"),
    bad_token(Reason::token_expired, "token_expired"),
    bad_token(Reason::token_not_yet_valid, "token_not_yet_valid"),
    bad_token(Reason::token_issued_in_future, "token_issued_in_future"),
    bad_token(Reason::token_lifetime, "token_lifetime"),
    bad_token(Reason::tenant_mismatch, "tenant_mismatch"),
    bad_token(Reason::bad_audience, "bad_audience"),
    bad_token(Reason::bad_type, "bad_type"),
    bad_token(Reason::claim_missing, "claim_missing"),
    bad_token(Reason::token_bound, "token_bound"),
    bad_token(Reason::issuer_not_accepted, "issuer_not_accepted"),
    Row{Reason::step_up_required,
        {"step_up_required", 401, "insufficient_user_authentication",
         "A stronger or more recent login is required"}},

    Row{Reason::insufficient_scope,
        {"insufficient_scope", 403, "insufficient_scope", "The token lacks a scope"}},
    Row{Reason::rule_denied, {"rule_denied", 403, "forbidden", "Access is denied"}},
    Row{Reason::claim_not_forwardable,
        {"claim_not_forwardable", 403, "forbidden", "Access is denied"}},

    Row{Reason::no_route, {"no_route", 404, "not_found", "Nothing is here"}},
    Row{Reason::method_not_allowed,
        {"method_not_allowed", 405, "method_not_allowed", "The method is not allowed here"}},
    Row{Reason::request_timeout,
        {"request_timeout", 408, "request_timeout", "The request took too long to arrive"}},
    Row{Reason::body_too_large,
        {"body_too_large", 413, "body_too_large", "The request body is too large"}},
    Row{Reason::target_too_long,
        {"target_too_long", 414, "target_too_long", "The request target is too long"}},
    Row{Reason::head_too_large,
        {"head_too_large", 431, "head_too_large", "The request head is too large"}},
    Row{Reason::expectation_failed,
        {"expectation_failed", 417, "expectation_failed", "The expectation cannot be met"}},
    Row{Reason::not_implemented,
        {"not_implemented", 501, "not_implemented", "The request asks for what is not supported"}},
    Row{Reason::version_not_supported,
        {"version_not_supported", 505, "version_not_supported",
         "The HTTP version is not supported"}},

    Row{Reason::internal_error,
        {"internal_error", 500, "internal_error", "The gateway failed to decide"}},
    Row{Reason::keys_unavailable,
        {"keys_unavailable", 503, "keys_unavailable", "Tokens cannot be verified at the moment"}},
    Row{Reason::overloaded, {"overloaded", 503, "overloaded", "The gateway is overloaded"}},
    Row{Reason::draining, {"draining", 503, "draining", "The gateway is shutting down"}},
    Row{Reason::upstream_unreachable,
        {"upstream_unreachable", 502, "bad_gateway", "The upstream gave no usable answer"}},
    Row{Reason::upstream_failed,
        {"upstream_failed", 502, "bad_gateway", "The upstream gave no usable answer"}},
    Row{Reason::upstream_invalid,
        {"upstream_invalid", 502, "bad_gateway", "The upstream gave no usable answer"}},
    Row{Reason::upstream_timeout,
        {"upstream_timeout", 504, "gateway_timeout", "The upstream took too long to answer"}},

    Row{Reason::client_gone, {"client_gone", 0, "", ""}},
    Row{Reason::client_too_slow, {"client_too_slow", 0, "", ""}},
};

constexpr bool every_reason_in_its_place() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].reason) != i) return false;
    return table.size() == static_cast<std::size_t>(Reason::count_);
}
static_assert(every_reason_in_its_place());

} // namespace

const ReasonInfo& info(Reason reason) {
    const auto index = static_cast<std::size_t>(reason);
    const auto error = static_cast<std::size_t>(Reason::internal_error);
    return table[index < table.size() ? index : error].info;
}

} // namespace policy
