#pragma once

// The first look at raw bytes: where a head ends, within its limits, and whether its lines could
// mean two things. Line by line: CRLF only, no folding, no control byte. The request line is taken
// apart here too, so that each fault of it has its own reason. The verdict does not depend on how
// the bytes were cut into reads.

#include "gateway/http1/head_parser.hpp"

#include <cstddef>
#include <string_view>

namespace gateway::http1 {

enum class StartLine { request, status };

struct HeadScan {
    HeadResult result;     ///< complete: `size` counts from the start of the input
    std::size_t begin = 0; ///< where the start line begins: after an empty line that was skipped
};

/// `scanned` as in parse_request_head(): linear time over all calls of one head.
HeadScan scan_head(std::string_view input, std::size_t& scanned, const HeadLimits& limits,
                   StartLine kind);

} // namespace gateway::http1
