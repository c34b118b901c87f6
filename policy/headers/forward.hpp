#pragma once

// What of a head goes on to the other side: hop-by-hop fields never (RFC 9110 7.6.1), fields named by Connection
// never, framing never (the writer makes its own), identity only as the gateway wrote it.

#include "policy/admission.hpp"
#include "policy/message.hpp"

namespace policy::headers {

/// Marks what must not reach the upstream: hop-by-hop, what Connection names, Expect, forwarding and override headers of
/// untrusted peers. Runs before anything of ours is added.
void drop_hop_by_hop(RequestHead& head);

/// Marks what must not reach the client.
void drop_hop_by_hop(ResponseHead& head);

/// Adds the CORS fields of `route` for this request's Origin to a response; text is static or the snapshot's.
/// The upstream's own Access-Control-* fields are dropped first. Nothing happens on a route without `cors`.
void add_cors(const route::Route& route, const RequestHead& request, ResponseHead& response);

} // namespace policy::headers
