#pragma once

// What a well-split request must also fulfil: one Host, one framing, no doubled singletons, a
// target form that we serve.

#include "policy/message.hpp"
#include "policy/reason.hpp"

#include <optional>
#include <span>

namespace gateway::http1 {

/// Fills authority, keep_alive, expects_continue and body from the fields. Nothing: the request may
/// go on. `input` is the memory that the head's views look into; the authority is lower-cased
/// there.
std::optional<policy::Reason> apply_request_rules(std::span<char> input, policy::RequestHead& head);

} // namespace gateway::http1
