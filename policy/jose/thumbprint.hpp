#pragma once

// The required members of a JWK in their canonical form (RFC 7638 3.2, RFC 8037 2), and hashes over
// them. All arguments are raw bytes.

#include "policy/jose/algorithm.hpp"
#include "policy/jose/key_set.hpp"

#include <string>
#include <string_view>

namespace policy::jose {

std::string rsa_members(std::string_view modulus, std::string_view exponent);
std::string ec_members(std::string_view curve, std::string_view x, std::string_view y);
std::string okp_members(std::string_view curve, std::string_view x);
std::string oct_members(std::string_view secret);

/// base64url of the SHA-256 of canonical members.
std::string thumbprint(std::string_view members);

KeyId make_key_id(std::string_view members, AlgorithmSet algorithms);

} // namespace policy::jose
