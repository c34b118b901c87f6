#pragma once

// Wall time as RFC 3339 in UTC with milliseconds: "2026-11-24T08:07:11.042Z". The date and time of
// day are kept for as long as the second lasts, so that most calls format three digits. One owner,
// not thread-safe.

#include "policy/clock.hpp"

#include <chrono>
#include <string_view>

namespace gateway::observe {

class Timestamp {
public:
    /// Valid until the next call. Years outside 0 to 9999 come out as their nearest bound.
    std::string_view format(policy::TimePoint time);

private:
    void format_second(std::chrono::sys_seconds second);

    std::chrono::sys_seconds second_ = std::chrono::sys_seconds::min();
    char text_[25] = {};
};

} // namespace gateway::observe
