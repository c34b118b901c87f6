#pragma once

// Problems as text for people, and as JSON for programs.

#include "config/error.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace config {

enum class Colour { off, on };

/// Words, also misspelt ones, that mark a line as one which may hold a secret.
inline constexpr std::array<std::string_view, 3> secret_marks = {"secret", "password", "token"};

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
/// a secret, by `marks`, never is.
std::string to_text(const Problems& problems, std::string_view source = {},
                    Colour colour = Colour::off,
                    std::span<const std::string_view> marks = secret_marks);

/// A JSON array of {severity, file, line, column, message, hint, name, read}; these names are
/// stable. hint, name and read are left out when empty, line and column when the problem is the
/// file as a whole.
std::string to_json(const Problems& problems);

} // namespace config
