#pragma once

// Test data from tests/data, read with the parser under test and limits wide enough for it.

#include "policy/json.hpp"

#include <string>
#include <string_view>

namespace support {

/// All bytes of tests/data/<path>; throws when it cannot be read, which fails the test.
std::string read_data(const std::string& path);
policy::JsonDocument read_json_data(const std::string& path);
/// A strict parse that throws on error.
policy::JsonDocument to_json(std::string_view text);

std::string from_hex(std::string_view hex);
std::string from_base64url(std::string_view text); ///< throws on what is not strict base64url

/// The member's text; "" where it is missing.
std::string_view text_of(policy::JsonValue object, std::string_view name);
/// JSON text of a value: arrays and objects too.
std::string to_text(policy::JsonValue value);

} // namespace support
