#include "policy/token/validate.hpp"

#include <algorithm>
#include <array>

namespace policy::token {

namespace {

TimePoint to_time(std::int64_t seconds) { return TimePoint{std::chrono::seconds{seconds}}; }

Reason check_expiry(const Claims& claims, const config::Issuer& settings, TimePoint now) {
    if (!claims.expires) return Reason::claim_missing;
    const TimePoint expires = to_time(*claims.expires);
    if (now >= expires + settings.leeway) return Reason::token_expired;
    return expires > now + settings.max_lifetime ? Reason::token_lifetime : Reason::allowed;
}

Reason check_begin(const Claims& claims, const config::Issuer& settings, TimePoint now) {
    return claims.not_before && to_time(*claims.not_before) > now + settings.leeway
               ? Reason::token_not_yet_valid
               : Reason::allowed;
}

Reason check_issue(const Claims& claims, const config::Issuer& settings, TimePoint now) {
    if (!claims.issued_at) return Reason::allowed;
    if (to_time(*claims.issued_at) > now + settings.leeway) return Reason::token_issued_in_future;
    // A token that was never valid was not made by an issuer that knows what it does.
    return claims.expires && *claims.issued_at > *claims.expires ? Reason::token_malformed
                                                                 : Reason::allowed;
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

Reason check(Check which, const Proof& proof, const Issuer& issuer, TimePoint now) {
    const config::Issuer& settings = *issuer.settings;
    const JsonValue claims = proof.claims.document.root();
    switch (which) {
    case Check::types: return proof.claims.defect;
    case Check::expiry: return check_expiry(proof.claims, settings, now);
    case Check::begin: return check_begin(proof.claims, settings, now);
    case Check::issue: return check_issue(proof.claims, settings, now);
    case Check::audience: {
        if (settings.any_audience) return Reason::allowed;
        const auto audience = claims.find(settings.audience_claim);
        return audience && is_audience(*audience, settings.audiences) ? Reason::allowed
                                                                      : Reason::bad_audience;
    }
    case Check::type:
        return is_accepted_type(proof.header.type, settings.types) ? Reason::allowed
                                                                   : Reason::bad_type;
    case Check::required:
        for (const config::RequiredClaim& required : settings.required_claims)
            if (!is_fulfilled(required, proof.claims.document)) return Reason::claim_missing;
        return Reason::allowed;
    case Check::binding:
        // RFC 7800 3: whoever sends it must prove a key, and we do not ask for that proof.
        return claims.find("cnf") ? Reason::token_bound : Reason::allowed;
    }
    return Reason::internal_error;
}

Reason validate(const Proof& proof, const Issuer& issuer, TimePoint now) {
    for (const Check which : checks)
        if (const Reason reason = check(which, proof, issuer, now); reason != Reason::allowed)
            return reason;
    return Reason::allowed;
}

} // namespace policy::token
