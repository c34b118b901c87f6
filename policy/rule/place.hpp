#pragma once

// Where an entry of a rule stands, in words that stay the same while lines move:
// "access.all[0].claims", "policies.staff.roles". For reports; walks the whole rule.

#include "policy/rule/rule.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace policy::rule {

/// Empty when the entry is none of that rule.
std::string place_of(const Rule& rule, const config::Entry* entry);

/// Of all entries, from the outside in, and the index of one among them: the first, where a policy
/// is used twice. index_of() allocates nothing.
std::vector<std::string> places_of(const Rule& rule);
std::optional<std::size_t> index_of(const Rule& rule, const config::Entry* entry);

} // namespace policy::rule
