#pragma once

// Where a token may stand: one Authorization field with the Bearer scheme (RFC 6750 2.1), and
// nowhere else.

#include "policy/message.hpp"
#include "policy/reason.hpp"

#include <string_view>

namespace policy::token {

struct Found {
    /// allowed: `token` is set. token_missing: nothing was sent, or another scheme.
    /// bad_credentials: bearer, but not one token68. several_tokens: more than one field, whatever
    /// they hold.
    Reason reason = Reason::token_missing;
    std::string_view token;
};

/// Fields that are dropped count too: Authorization is for us, forwarded or not.
Found find_token(const FieldList& fields);

} // namespace policy::token
