#pragma once

// The upstream's answer to the client: its head parsed strictly, its body re-framed by us, piece by
// piece.

#include "config/model.hpp"
#include "gateway/exchange/exchange.hpp"
#include "gateway/stream/stream.hpp"
#include "policy/reason.hpp"

namespace gateway {

/// Fills memory().response, whose views live until relay_body() consumes the head. Interim answers
/// (1xx) are dropped, at most 16 of them; a 101 that nobody asked for is invalid. allowed,
/// upstream_failed, upstream_timeout or upstream_invalid.
Task<policy::Reason> read_response_head(Exchange& exchange, Stream& upstream);

/// Sends the head and the whole body. allowed at a clean end; else who failed: an upstream_*
/// reason, client_gone or client_too_slow.
Task<policy::Reason> relay_body(Exchange& exchange, Stream& upstream,
                                const config::UpstreamTimeouts& timeouts);

} // namespace gateway
