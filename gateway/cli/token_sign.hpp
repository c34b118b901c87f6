#pragma once

// `claimgate token sign`: a token for trying things out, with a key of one's own.

#include "gateway/cli/console.hpp"
#include "policy/clock.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gateway::cli {

struct SignOptions {
    std::string key; ///< file of a private JWK or PEM
    std::string algorithm;
    std::string issuer, subject, type = "JWT";
    std::vector<std::string> audiences;
    std::int64_t lifetime = 600;         ///< seconds; negative for a token that is expired already
    std::string claims;                  ///< a JSON object, or `@FILE`
    std::vector<std::string> claim_list; ///< NAME=VALUE; a value that is JSON is taken as such
};

int sign_token(const SignOptions& options, policy::TimePoint now, Console& console);

} // namespace gateway::cli
