#pragma once

// What of a head goes on to the other side: hop-by-hop fields never (RFC 9110 7.6.1), fields named
// by Connection never, framing never (the writer makes its own), identity only as the gateway wrote
// it.

#include "policy/headers/cors.hpp"
#include "policy/message.hpp"

namespace policy::headers {

/// Marks what must not reach the upstream: hop-by-hop fields, what Connection names, Expect.
/// Connection cannot name Host, framing or X-Forwarded-*: whether those count is not the client's
/// choice. Runs before anything of ours is added.
void drop_hop_by_hop(RequestHead& head);

/// Marks what must not reach the client.
void drop_hop_by_hop(ResponseHead& head);

/// Marks fields that claim another target, method or client than the request has. From any peer:
/// the X-Original-URL and X-HTTP-Method-Override families, and Forwarded (we read the X-Forwarded
/// family only, and a second story could contradict it). From an untrusted peer also X-Forwarded-*,
/// X-Real-IP and its likes, Via, X-Request-ID.
void drop_claims_about_request(RequestHead& head, bool trusted);

} // namespace policy::headers
