#pragma once

// What a well-split response must also fulfil before a byte of it goes to a client (threats H120,
// H121).

#include "policy/message.hpp"

#include <string_view>

namespace gateway::http1 {

/// Fills keep_alive and body. False: the response must not be passed on, and its connection must
/// end.
bool apply_response_rules(std::string_view request_method, policy::ResponseHead& head);

} // namespace gateway::http1
