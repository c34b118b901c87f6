#pragma once

// Points in time as test files write them: absolute, or by their distance from another.

#include "policy/clock.hpp"

#include <optional>
#include <string_view>

namespace gateway::cli::test {

/// RFC 3339, seconds since 1970, or a sign and a duration ("+10m", "-1h") counted from `base`.
std::optional<policy::TimePoint> parse_moment(std::string_view text, policy::TimePoint base);

} // namespace gateway::cli::test
