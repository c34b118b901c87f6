#pragma once

// Wall time as an argument: policy never asks a clock. Milliseconds since 1970 are fine enough for
// claims.

#include <chrono>

namespace policy {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

} // namespace policy
