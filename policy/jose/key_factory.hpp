#pragma once

// Raw key material to keys that verify. Every rule about material is here, whatever text it came
// from: sizes, exponents, points. A refusal says why in words for the log; it never contains key
// material.

#include "policy/jose/algorithm.hpp"
#include "policy/jose/openssl.hpp"
#include "policy/jose/signature.hpp"
#include "policy/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace policy::jose {

struct KeyUse {
    std::string kid;
    std::optional<Algorithm> algorithm; ///< the key says `alg`: it is for that one only
};

struct Refusal {
    std::string why;
};

using MadeKey = Result<std::unique_ptr<Key>, Refusal>;

/// Big-endian without leading zeros (RFC 7518 6.3.1). 2048 to 4096 bits; exponent odd and 2^16 < e
/// < 2^64.
MadeKey make_rsa_key(const KeyUse& use, std::string_view modulus, std::string_view exponent);
/// Coordinates of exactly the curve's size (RFC 7518 6.2.1.2).
MadeKey make_ec_key(const KeyUse& use, std::string_view curve, std::string_view x,
                    std::string_view y);
/// "Ed25519" or "Ed448"; canonical, and not of small order (RFC 8032 5.1.3, RFC 7748 6.1).
MadeKey make_okp_key(const KeyUse& use, std::string_view curve, std::string_view x);
/// At least 32 bytes (RFC 7518 3.2).
MadeKey make_hmac_key(const KeyUse& use, std::string_view secret);

/// The public part of any of these, through the same rules.
MadeKey make_key(const KeyUse& use, const EVP_PKEY* key);

/// The algorithms of `family` that `use` leaves, or why there are none.
Result<AlgorithmSet, Refusal> narrow(AlgorithmSet family, const KeyUse& use);

} // namespace policy::jose
