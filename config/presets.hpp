#pragma once

// What is known of common providers: where their tokens keep what rules ask for, and how their
// access tokens are told from others. A preset fills an issuer before its own keys are read, so
// that whatever the file says stands instead.

#include "config/model.hpp"

#include <array>
#include <span>
#include <string_view>

namespace config {

/// One provider. Lists are words between spaces; an empty cell leaves the default of Issuer.
/// `{audience}` in a claim path stands for each audience of the issuer.
struct Preset {
    std::string_view name;
    std::string_view issuer;         ///< `iss` where there is only one; then it need not be written
    std::string_view other_issuer;   ///< a second value of `iss` for the same provider
    std::string_view issuer_ends;    ///< how every `iss` of this provider ends
    std::string_view audience;       ///< need not be written; `{project}`: the end of the issuer
    std::string_view audience_claim; ///< what its access tokens have instead of `aud`
    std::string_view algorithms;
    std::string_view types;
    std::string_view scopes, roles, groups;
    std::string_view claims; ///< `NAME` must be there, `NAME=VALUE` must be it, `NAME?=VALUE` may
                             ///< be missing
    std::string_view jwks;   ///< the key set; else it is discovered
    std::string_view tenant_claim; ///< with `{tenant}` in the issuer
    std::string_view tenant_jwks;  ///< the key set of all tenants
};

std::span<const Preset> presets();

/// Their names, in the same order.
inline constexpr std::array<std::string_view, 14> preset_names = {
    "keycloak", "auth0",          "okta",       "entra",   "entra_v1", "google",   "firebase",
    "cognito",  "github_actions", "kubernetes", "zitadel", "ory",      "supabase", "clerk"};

/// nullptr: there is none of that name.
const Preset* find_preset(std::string_view name);

/// Puts the provider's values in place of the defaults.
void fill(Issuer& issuer, const Preset& preset);

/// After the issuer's own keys were read: what follows from them.
void finish(Issuer& issuer, const Preset& preset);

} // namespace config
