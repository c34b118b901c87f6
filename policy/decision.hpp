#pragma once

// What a stage may say: nothing (carry on), an Answer for the client, or that a key is needed
// first.

#include "policy/reason.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

namespace policy {

namespace route {
struct Route;
}

/// A final answer that the gateway itself gives. answers.hpp turns it into a head and a body.
/// Views live in the snapshot or the exchange's scratch memory.
struct Answer {
    Reason reason = Reason::internal_error;
    const route::Route* route = nullptr; ///< for its CORS fields; none before a route was found
    bool challenge = false;      ///< 401 and 403 of routes that want a token carry WWW-Authenticate
    std::string_view allow;      ///< 405: the methods of this path
    std::string_view scope;      ///< insufficient_scope: what the rule asks for
    std::string_view acr_values; ///< step_up_required
    std::optional<long long> max_age; ///< step_up_required, seconds
};

/// Fetch the keys of this issuer (index in the snapshot), then ask again from the start.
struct KeyNeeded {
    std::size_t issuer = 0;
};

using Stop = std::variant<Answer, KeyNeeded>;
using Decision = std::optional<Stop>;

} // namespace policy
