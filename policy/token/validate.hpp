#pragma once

// What must hold at this moment, cached proof or not: exp, nbf, iat, aud, typ, required claims, cnf
// (RFC 7519 4.1, RFC 9068 4, RFC 7800).

#include "policy/clock.hpp"
#include "policy/reason.hpp"
#include "policy/token/issuer.hpp"
#include "policy/token/proof.hpp"

#include <array>
#include <cstdint>

namespace policy::token {

/// Reason::allowed, or the first reason against. A token is expired when now >= exp + leeway.
/// Allocates nothing.
Reason validate(const Proof& proof, const Issuer& issuer, TimePoint now);

enum class Check : std::uint8_t {
    types, ///< registered claims of the right JSON type
    expiry,
    begin,
    issue,
    audience,
    type,
    required,
    binding,
};

/// In the order of validate().
inline constexpr std::array checks = {Check::types,    Check::expiry,   Check::begin,
                                      Check::issue,    Check::audience, Check::type,
                                      Check::required, Check::binding};

/// One of them, whatever the others say. Allocates nothing.
Reason check(Check which, const Proof& proof, const Issuer& issuer, TimePoint now);

/// Whether the claims have what the issuer asks for beyond the registered ones. Allocates nothing.
bool is_fulfilled(const config::RequiredClaim& required, const JsonDocument& claims);

} // namespace policy::token
