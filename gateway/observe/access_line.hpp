#pragma once

// What one access-log line looks like: docs/access-log.md lists the names for users. Never in it:
// the query, any header, the token (threats H170). Each text is escaped and cut at 1 KiB.

#include "gateway/observe/access_log.hpp"
#include "gateway/observe/timestamp.hpp"
#include "policy/rule/text.hpp"

#include <span>
#include <string>

namespace gateway::observe {

constexpr std::size_t longest_access_text = 1024;

/// Both append one line with its end. `claims` are looked up in the record's proof; what is missing
/// is left out.
void append_access_json(std::string& out, const AccessRecord& record,
                        std::span<const policy::rule::ClaimPath> claims, Timestamp& stamp);
void append_access_text(std::string& out, const AccessRecord& record, Timestamp& stamp);

} // namespace gateway::observe
