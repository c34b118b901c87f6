#pragma once

// The claims set (RFC 7519 4) to Claims. Reads, and judges nothing: that is validate()'s, at each
// use.

#include "policy/json.hpp"
#include "policy/reason.hpp"
#include "policy/result.hpp"
#include "policy/token/proof.hpp"

#include <string_view>

namespace policy::token {

/// token_malformed unless it is a strict JSON object. `issuer` stays empty where `iss` is not a
/// string.
Result<Claims, Reason> parse_claims(std::string_view json, const JsonLimits& limits);

} // namespace policy::token
