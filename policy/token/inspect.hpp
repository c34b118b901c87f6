#pragma once

// What a token says, believed by nobody: for `token inspect` and for messages. No signature is
// looked at.

#include "policy/json.hpp"
#include "policy/reason.hpp"
#include "policy/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace policy::token {

struct Unverified {
    std::string header_text; ///< decoded, as the issuer wrote it
    std::string claims_text;
    JsonDocument header; ///< its root is an object
    JsonDocument claims; ///< its root is an object
    std::size_t signature_size = 0;
};

/// token_malformed or token_too_large (over 32 KiB) when there is nothing to show. Unlike verify()
/// it takes any header.
Result<Unverified, Reason> parse_unverified(std::string_view token);

} // namespace policy::token
