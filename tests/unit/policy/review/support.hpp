#pragma once

// Warnings of configurations as they are written.

#include <string>
#include <string_view>
#include <vector>

namespace policy::review::test {

/// "line:column [name] message (hint)" for each warning of the review, one a line. `section` has
/// whatever else a file needs below it: an issuer `main`, an upstream `app`.
std::string review_of(std::string_view section);

/// "line name" for each, one a line.
std::string names_of(std::string_view section);

/// A file of these routes, each of them YAML on a line of its own, the first on line 2.
std::string routes(const std::vector<std::string>& each);

/// A file with one route, on line 2, with this rule.
std::string access(std::string_view rule);

} // namespace policy::review::test
