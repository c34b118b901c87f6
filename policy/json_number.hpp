#pragma once

// JSON number text (RFC 8259 6) to a JsonNumber, without RapidJSON's and without the locale's help.

#include "policy/json.hpp"

#include <optional>
#include <string_view>

namespace policy {

/// Nothing when the text is not a JSON number, or is one that a double cannot hold (overflow, and
/// underflow of a value that is not zero).
std::optional<JsonNumber> parse_json_number(std::string_view text);

} // namespace policy
