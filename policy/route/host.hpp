#pragma once

// The authority of a request (RFC 9112 3.2, RFC 3986 3.2) in one form: what routes match and what
// goes upstream.

#include "policy/scratch.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace policy::route {

struct Authority {
    std::string_view text; ///< host in lower case without trailing dot, and the port unless it is
                           ///< the scheme's own
    std::string_view host; ///< the same without port; an IPv6 address keeps its brackets
};

/// Nothing for user information, an empty host or port, a port above 65535, an IPv6 zone, or any
/// byte that is neither of a DNS name nor of an address. Views into `authority` or `scratch`.
std::optional<Authority> parse_authority(std::string_view authority, bool tls, Scratch& scratch);

} // namespace policy::route
