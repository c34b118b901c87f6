#pragma once

// Why keys could not be fetched: a kind for tests and tables, a sentence for people.

#include "policy/result.hpp"

#include <cstdint>
#include <string>

namespace gateway::keys {

enum class FetchFailure : std::uint8_t {
    bad_url,         ///< not an http or https URL that we would dial
    cleartext,       ///< http:// without allow_http
    unresolved,      ///< the name has no address
    private_address, ///< a discovery document named a host that is not public
    unreachable,     ///< no connection, or it broke
    untrusted,       ///< the certificate does not prove the name; includes an unreadable ca_file
    timed_out,       ///< the whole fetch took too long
    not_http,        ///< what came back is not a complete HTTP response
    too_large,
    redirected,
    bad_status,
    encoded,       ///< a content coding that we did not ask for
    bad_discovery, ///< not a discovery document, or another issuer's
};

struct FetchError {
    FetchFailure kind;
    std::string text;
};

template <class T> using FetchResult = policy::Result<T, FetchError>;

} // namespace gateway::keys
