#pragma once

// The protected header (RFC 7515 4). What could choose a key or a place to get one from (jwk, jku,
// x5u, x5c) is not even looked at.

#include "policy/json.hpp"
#include "policy/reason.hpp"
#include "policy/result.hpp"
#include "policy/token/proof.hpp"

#include <string_view>

namespace policy::token {

/// token_malformed, token_critical or algorithm_not_allowed.
Result<Header, Reason> parse_header(std::string_view json, const JsonLimits& limits);

} // namespace policy::token
