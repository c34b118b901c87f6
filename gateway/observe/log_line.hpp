#pragma once

// How one event of the gateway's own log looks, without writing it anywhere. Text from outside
// cannot break out of its line or colour a terminal: control bytes and invalid UTF-8 are escaped,
// and each text is cut at 512 bytes.

#include "gateway/observe/log.hpp"
#include "policy/clock.hpp"

#include <span>
#include <string>
#include <string_view>

namespace gateway::log {

enum class Style { json, plain, coloured };

constexpr std::size_t longest_text = 512;

/// Appends the line with its end.
void append_line(std::string& out, Style style, policy::TimePoint time, Level level,
                 std::string_view event, std::string_view message,
                 std::span<const Attribute> attributes);

} // namespace gateway::log
