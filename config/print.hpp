#pragma once

// Problems as text for people, and as JSON for programs.

#include "config/error.hpp"

#include <string>
#include <string_view>

namespace config {

enum class Colour { off, on };

/// One paragraph a problem:
///
///     gateway.yaml:12:5: error: unknown key `pth` in a route
///        12 |   - pth: /orders
///           |     ^^^
///         hint: did you mean `path`?
///
/// One with a name has it in brackets behind the message, and a last line that says where to read
/// about it.
/// `source` is the text of the file, for the excerpts; empty: none are shown. A line that may hold
/// a secret never is.
std::string to_text(const Problems& problems, std::string_view source = {},
                    Colour colour = Colour::off);

/// A JSON array of {severity, file, line, column, message, hint, name, read}; these names are
/// stable. hint, name and read are left out when empty, line and column when the problem is the
/// file as a whole.
std::string to_json(const Problems& problems);

} // namespace config
