#pragma once

// Who the client is when proxies that we trust stand in front: X-Forwarded-For walked from the
// right.

#include "policy/address.hpp"
#include "policy/admission.hpp"

#include <string_view>

namespace policy::headers {

struct Client {
    Address address;
    std::string_view text; ///< the peer's text, or in the admission's scratch memory
};

/// The peer, unless it is a trusted proxy: then the rightmost address that is not one, or the
/// leftmost of all. An entry that is no address makes the whole story doubtful, and the peer
/// stands. Ports and brackets are allowed.
Client find_client(const Admission& admission);

} // namespace policy::headers
