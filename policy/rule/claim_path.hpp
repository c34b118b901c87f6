#pragma once

// Where a claim lives: `realm_access.roles`, `resource_access[my.client].roles`, `/json/pointer`
// (RFC 6901), or a name with "://" that stands as it is.

#include "policy/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy::rule {

struct ClaimPath {
    std::string text; ///< as written
    std::vector<std::string> steps;
    bool is_pointer = false; ///< its steps may also be array indices
};

/// At most 16 steps. Error text when the path cannot be read.
std::optional<ClaimPath> parse_claim_path(std::string_view text, std::string& error);

/// Nothing when a step is missing. A claim that is null exists.
std::optional<JsonValue> find_claim(const JsonDocument& claims, const ClaimPath& path);

} // namespace policy::rule
