#pragma once

#include <string>
#include <string_view>

namespace config {

/// `text`, which is UTF-8, as a JSON string (RFC 8259 7).
std::string json_string(std::string_view text);

} // namespace config
