#pragma once

// Numbers and points out of an EVP_PKEY, as raw bytes. Empty where the key has no such thing.

#include "policy/jose/openssl.hpp"

#include <cstddef>
#include <string>

namespace policy::jose {

/// Big-endian without leading zeros, or padded to `size` where that is given.
std::string number_of(const EVP_PKEY* key, const char* name, std::size_t size = 0);
std::string curve_of(const EVP_PKEY* key);        ///< OpenSSL's name of an EC key's group
std::size_t coordinate_size(const EVP_PKEY* key); ///< bytes, of an EC key
std::string raw_public_of(const EVP_PKEY* key);   ///< of an Edwards key
std::string raw_private_of(const EVP_PKEY* key);  ///< of an Edwards key

} // namespace policy::jose
