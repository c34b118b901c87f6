#pragma once

// The gateway's own answers on an exchange: what policy said no to, and what an upstream failed to
// do.

#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/report.hpp"
#include "policy/decision.hpp"

namespace gateway {

/// Sends a whole answer; nothing of one may have been sent before.
void send_answer(Exchange& exchange, const policy::Answer& answer, Report& report);

} // namespace gateway
