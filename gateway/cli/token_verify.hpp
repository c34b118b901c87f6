#pragma once

// `claimgate token verify`: whether a token is believed, and would be at a time, without a request.

#include "gateway/cli/console.hpp"

#include <string>
#include <vector>

namespace gateway::cli {

struct VerifyOptions {
    std::string config = "claimgate.yaml";
    std::string token;  ///< itself, `-`, or `@FILE`
    std::string issuer; ///< whose it must be; empty: any
    std::string at;
    std::vector<std::string> jwks; ///< ISSUER=FILE
    bool json = false;
};

int verify_token(const VerifyOptions& options, Console& console);

} // namespace gateway::cli
