#include "policy/token/validate.hpp"

#include <algorithm>
#include <array>

namespace policy::token {

namespace {

TimePoint to_time(std::int64_t seconds) { return TimePoint{std::chrono::seconds{seconds}}; }

Reason check_times(const Claims& claims, const config::Issuer& settings, TimePoint now) {
    if (claims.defect != Reason::allowed) return claims.defect;
    if (!claims.expires) return Reason::claim_missing;
    const TimePoint expires = to_time(*claims.expires);
    if (now >= expires + settings.leeway) return Reason::token_expired;
    if (expires > now + settings.max_lifetime) return Reason::token_lifetime;
    if (claims.not_before && to_time(*claims.not_before) > now + settings.leeway)
        return Reason::token_not_yet_valid;
    if (claims.issued_at && to_time(*claims.issued_at) > now + settings.leeway)
        return Reason::token_issued_in_future;
    // A token that was never valid was not made by an issuer that knows what it does.
    if (claims.issued_at && *claims.issued_at > *claims.expires) return Reason::token_malformed;
    return Reason::allowed;
}

/// RFC 7519 4.1.3: one string or an array of strings; byte by byte. Anything else in the array
/// spoils it.
bool is_audience(const JsonValue& claim, const std::vector<std::string>& accepted) {
    const auto is_ours = [&](JsonValue value) {
        return std::find(accepted.begin(), accepted.end(), value.text()) != accepted.end();
    };
    if (claim.is(JsonType::string)) return is_ours(claim);
    if (!claim.is(JsonType::array)) return false;
    bool found = false;
    for (auto value = claim.first(); value; value = value->next()) {
        if (!value->is(JsonType::string)) return false;
        found = found || is_ours(*value);
    }
    return found;
}

/// RFC 8725 3.11. By default what access tokens are called in practice, and no other kind of token.
bool is_accepted_type(const std::optional<std::string>& type,
                      const std::vector<std::string>& accepted) {
    if (accepted.empty()) return !type || *type == "jwt" || *type == "at+jwt";
    return type && std::find(accepted.begin(), accepted.end(), *type) != accepted.end();
}

} // namespace

/// A claim that is null says nothing.
bool is_fulfilled(const config::RequiredClaim& required, const JsonDocument& claims) {
    const auto claim = claims.root().find(required.name);
    if (!claim || claim->is(JsonType::null)) return !claim && required.may_be_missing;
    if (required.values.empty()) return true;
    return claim->is(JsonType::string) && std::find(required.values.begin(), required.values.end(),
                                                    claim->text()) != required.values.end();
}

/// The place in `iss` and the claim say the same, or the token is of nobody's.
bool is_tenant_right(const Proof& proof, const config::Issuer& settings) {
    const auto named = find_tenant(settings, proof.claims.issuer);
    const auto claim = proof.claims.document.root().find(settings.tenant->claim);
    // A name without `{tenant}`, beside one that has it, is of one tenant, and stands for itself.
    return named &&
           (named->empty() || (claim && claim->is(JsonType::string) && claim->text() == *named));
}

Reason validate(const Proof& proof, const Issuer& issuer, TimePoint now) {
    const config::Issuer& settings = *issuer.settings;
    const JsonValue claims = proof.claims.document.root();
    if (const Reason reason = check_times(proof.claims, settings, now); reason != Reason::allowed)
        return reason;
    if (settings.tenant && !is_tenant_right(proof, settings)) return Reason::tenant_mismatch;
    if (!settings.any_audience) {
        const auto audience = claims.find(settings.audience_claim);
        if (!audience || !is_audience(*audience, settings.audiences)) return Reason::bad_audience;
    }
    if (!is_accepted_type(proof.header.type, settings.types)) return Reason::bad_type;
    for (const config::RequiredClaim& required : settings.required_claims)
        if (!is_fulfilled(required, proof.claims.document)) return Reason::claim_missing;
    // RFC 7800 3: whoever sends it must prove a key, and we do not ask for that proof.
    if (claims.find("cnf")) return Reason::token_bound;
    return Reason::allowed;
}

} // namespace policy::token
