#pragma once

// The names of warnings (Problem::name), as docs/warnings.md explains them. They do not change.

#include <string_view>

namespace config {

inline constexpr std::string_view warning_names[] = {"public_in_protected",
                                                     "public_beside_protected",
                                                     "shadowed_route",
                                                     "method_gap",
                                                     "shadow_route",
                                                     "claim_on_public_route",
                                                     "claim_of_some_issuers",
                                                     "rule_always_true",
                                                     "rule_always_false",
                                                     "none_missing_claim",
                                                     "audience_any",
                                                     "tenant_any",
                                                     "literal_secret",
                                                     "weak_key",
                                                     "short_secret",
                                                     "unusable_key",
                                                     "wildcard_cors",
                                                     "wildcard_cors_credentials",
                                                     "admin_exposed",
                                                     "unused_policy",
                                                     "unused_upstream",
                                                     "unused_issuer",
                                                     "more"};

} // namespace config
