#pragma once

// One GET, bounded in every way: HTTP/1.1 on a connection of its own, TLS verified against the name
// (RFC 6125, no partial wildcards) with SNI, no redirects, no content coding, a limit on head and
// body. Does not throw for anything that the network or the peer does.

#include "gateway/keys/discovery.hpp"
#include "gateway/keys/fetch_error.hpp"
#include "gateway/keys/flight.hpp"

#include <memory>
#include <string>

namespace gateway::keys {

struct GetRequest {
    Destination to;
    std::string ca_file; ///< empty: the system's authorities
    std::string etag;    ///< sent as If-None-Match when not empty
    std::size_t body_limit = 256 * 1024;
};

struct GetReply {
    bool modified = true; ///< false: 304, and there is no body
    std::string body;
    std::string etag, cache_control, age;
};

Task<FetchResult<GetReply>> http_get(std::shared_ptr<Flight> flight, GetRequest request);

} // namespace gateway::keys
