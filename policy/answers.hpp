#pragma once

// One table: a reason to status, challenge (RFC 6750 3, RFC 9470) and problem body (RFC 9457). What
// is said is the same for every cause of an invalid token, and nothing of the request is echoed.

#include "policy/decision.hpp"
#include "policy/message.hpp"
#include "policy/scratch.hpp"

#include <string_view>

namespace policy {

/// Fills `head` and answers the body; both live in `scratch` and static memory. content-length,
/// connection and date are the writer's. CORS fields of the answer's route are included where the
/// request has an Origin.
std::string_view render(const Answer& answer, const RequestHead& request,
                        std::string_view request_id, Scratch& scratch, ResponseHead& head);

} // namespace policy
