#pragma once

// A line of the decision log as a decision that can be made again.

#include "policy/record/replay.hpp"

#include <string>
#include <string_view>

namespace gateway::cli {

inline constexpr std::size_t longest_record = 256 * 1024; ///< bytes of a line

/// An error text, or empty: then `recorded` holds the line, its own copy.
std::string parse_record(std::string_view line, policy::record::Recorded& recorded);

} // namespace gateway::cli
