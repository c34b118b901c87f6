#pragma once

// Points in time as people write and read them.

#include "policy/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::cli {

policy::TimePoint system_now();

/// RFC 3339 ("2026-11-24T08:00:00Z", "...+01:00", fractions to milliseconds) or seconds since 1970.
std::optional<policy::TimePoint> parse_time(std::string_view text);

/// "2026-11-24 08:00:00 UTC"; the number itself where it is beyond the year 9999.
std::string format_time(std::int64_t seconds);

/// "in 3 minutes", "2 days ago", "now".
std::string distance_in_words(std::int64_t seconds, policy::TimePoint now);

} // namespace gateway::cli
