#pragma once

// Rules in words, for explain only: what an entry asks for, and what the token or the request has.

#include "policy/rule/matcher.hpp"
#include "policy/rule/node.hpp"

#include <string>
#include <string_view>

namespace policy {
struct Admission;
}

namespace policy::rule {

std::string_view to_string(config::EntryKind kind); ///< as in the configuration
std::string_view to_string(config::Operator op);

std::string describe_group(const Node& node);    ///< "any", "policy staff", "rule"
std::string describe_entry(const Node& node);    ///< "scopes"
std::string describe_expected(const Node& node); ///< "orders:read"
/// What the token or the request has where the entry looks; "(missing)" when nothing, "(no token)"
/// without one.
std::string describe_found(const Node& node, const Admission& admission);

std::string describe_check(const NamedMatcher& named,
                           const Matcher::Check& check); ///< "claims.sub equals"
/// The operands; a template with what it became.
std::string describe_operands(const Matcher::Check& check, const Admission& admission);
std::string describe(const Subject& subject);
std::string describe(const JsonValue& value); ///< JSON, cut at 256 bytes

} // namespace policy::rule
