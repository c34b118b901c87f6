#pragma once

// What became of an exchange: what the access log and the metrics want to know when it is over.

#include "policy/reason.hpp"

#include <chrono>
#include <string_view>

namespace gateway {

struct Report {
    int status = 0; ///< 0: no head was sent
    policy::Reason reason = policy::Reason::allowed;
    std::string_view upstream_name;                ///< empty: none was asked
    std::string_view target;                       ///< host:port that was asked last
    std::chrono::microseconds upstream_duration{}; ///< from the request sent to the response's head
};

} // namespace gateway
