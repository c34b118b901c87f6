#pragma once

// A text that a regular expression matches, for expressions that are as simple as most are.

#include <optional>
#include <string>
#include <string_view>

namespace gateway::cli::test {

/// Literals, classes, groups, alternatives and quantifiers. Nothing where it cannot tell; what it
/// gives is a good guess, to be tried out.
std::optional<std::string> sample_of(std::string_view pattern);

} // namespace gateway::cli::test
