#pragma once

// A request with a token, as the slow evaluator sees it, and the random makers of situations and
// rules. Names and values come from small pools, so that they meet often.

#include "config/model.hpp"
#include "tests/support/oracle/choices.hpp"
#include "tests/support/oracle/plain_json.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace support::oracle {

struct Situation {
    bool has_token = true; ///< of issuer `a`
    Json claims;
    std::string customer; ///< {path.customer}
    std::vector<std::pair<std::string, std::string>> headers, query;
    std::int64_t now = 1'700'000'000;
};

Situation make_situation(Choices& choices);
/// At most `depth` groups inside one another.
config::Rule make_rule(Choices& choices, int depth = 3);
/// What a failing test prints.
std::string describe(const Situation& situation, const config::Rule& rule);

} // namespace support::oracle
