#pragma once

// What a verified token says and what proved it. A Proof holds only what cannot change: whose key
// signed which bytes, and the claims in them. Times, audience, type and rules are judged on each
// request (validate.hpp).

#include "policy/jose/algorithm.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/json.hpp"
#include "policy/reason.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace policy::token {

/// The registered claims (RFC 7519 4.1) that stages read often; views into `document`. The rest is
/// looked up there. May be moved, which leaves the views good; a copy would look into the original.
struct Claims {
    Claims() = default;
    Claims(Claims&&) = default;
    Claims& operator=(Claims&&) = default;

    JsonDocument document; ///< its root is an object

    std::string_view issuer;                 ///< `iss`, a string
    std::optional<std::string_view> subject; ///< `sub`, a string
    std::optional<std::string_view> id;      ///< `jti`
    std::optional<std::string_view> client;  ///< `azp`, else `client_id`, else `cid`, else `appid`
    std::optional<std::int64_t>
        expires; ///< `exp`, seconds, rounded down; checked to be within 0 .. 2^53
    std::optional<std::int64_t> not_before;    ///< `nbf`, rounded up
    std::optional<std::int64_t> issued_at;     ///< `iat`, rounded down
    std::optional<std::int64_t> authenticated; ///< `auth_time`, rounded down
    Reason defect = Reason::allowed; ///< claim_missing: a time claim is there but is no time;
                                     ///< validate() says it
};

/// The protected header (RFC 7515 4.1) as far as we use it.
struct Header {
    jose::Algorithm algorithm = jose::Algorithm::rs256;
    std::optional<std::string> key_id; ///< `kid`
    std::optional<std::string> type;   ///< `typ`, lower case, without `application/`
};

struct Proof {
    std::string token; ///< all of it: a cache hit compares every byte
    Header header;
    Claims claims;
    std::string issuer_name; ///< config::Issuer::name whose key it was
    jose::KeyId key{};

    std::size_t memory() const { return token.size() + claims.document.memory() + sizeof(Proof); }
};

/// Kept by the cache and by each request that uses it; never shared between threads.
using ProofPtr = std::shared_ptr<const Proof>;

} // namespace policy::token
