#pragma once

// `claimgate token inspect`: what a token says, in words, believed by nobody.

#include "gateway/cli/console.hpp"
#include "policy/clock.hpp"

#include <string>

namespace gateway::cli {

struct InspectOptions {
    std::string token; ///< itself, `-`, or `@FILE`
    bool json = false;
};

int inspect_token(const InspectOptions& options, policy::TimePoint now, Console& console);

} // namespace gateway::cli
