#pragma once

// Text from outside that a person will see: nothing in it may steer a terminal.

#include <string>
#include <string_view>

namespace gateway::cli {

/// Control characters (C0, DEL, C1) and bytes that are no UTF-8 come out as \xNN; all else stays.
std::string printable(std::string_view text);

} // namespace gateway::cli
