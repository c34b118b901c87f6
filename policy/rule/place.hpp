#pragma once

// Where an entry of a rule stands, in words that stay the same while lines move:
// "access.all[0].claims", "policies.staff.roles". For reports; walks the whole rule.

#include "policy/rule/rule.hpp"

#include <string>

namespace policy::rule {

/// Empty when the entry is none of that rule.
std::string place_of(const Rule& rule, const config::Entry* entry);

} // namespace policy::rule
