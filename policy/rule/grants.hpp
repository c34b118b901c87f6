#pragma once

// What a token grants: scopes, and roles and groups where its issuer keeps them. Names match whole
// and byte by byte.

#include "policy/json.hpp"
#include "policy/rule/claim_path.hpp"

#include <string_view>
#include <vector>

namespace policy::rule {

/// In one of the places, each a space-separated string (RFC 6749 3.3) or an array of strings.
bool has_scope(const JsonDocument& claims, const std::vector<ClaimPath>& places,
               std::string_view scope);

/// The same; an object's keys are names too.
bool is_held(const JsonDocument& claims, const std::vector<ClaimPath>& places,
             std::string_view name);

} // namespace policy::rule
