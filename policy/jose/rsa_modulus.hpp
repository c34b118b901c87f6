#pragma once

// What can be seen of an RSA modulus without factoring it.

#include <cstddef>
#include <string_view>

namespace policy::jose {

/// Bits of a big-endian number without leading zeros.
std::size_t bit_length(std::string_view big_endian);

/// Divisible by a prime below 170: no product of two large primes.
bool has_small_factor(std::string_view modulus);

/// CVE-2017-15361 (ROCA): primes of the form k*M + 65537^a mod M leave a modulus that is a power of
/// 65537 modulo every small prime. An honest modulus looks so once in about 2^27.
bool is_roca(std::string_view modulus);

} // namespace policy::jose
