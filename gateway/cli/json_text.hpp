#pragma once

// JSON values back to text, for what commands print.

#include "policy/json.hpp"

#include <string>
#include <string_view>

namespace gateway::cli {

/// The value as compact JSON; numbers as they were written.
void append_json(std::string& out, const policy::JsonValue& value);

/// `text` as a JSON string.
std::string json_string(std::string_view text);

} // namespace gateway::cli
