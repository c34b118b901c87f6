#include "policy/jose/rsa_modulus.hpp"

#include <algorithm>
#include <bit>

namespace policy::jose {

namespace {

constexpr unsigned primes[] = {3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                               47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                               107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};

unsigned remainder(std::string_view number, unsigned divisor) {
    unsigned rest = 0;
    for (const char byte : number) rest = (rest * 256 + static_cast<unsigned char>(byte)) % divisor;
    return rest;
}

bool is_power_of_65537(unsigned value, unsigned prime) {
    unsigned power = 1;
    do {
        if (power == value) return true;
        power = power * (65537 % prime) % prime;
    } while (power != 1);
    return false;
}

} // namespace

std::size_t bit_length(std::string_view big_endian) {
    if (big_endian.empty()) return 0;
    const auto first = static_cast<unsigned char>(big_endian.front());
    return (big_endian.size() - 1) * 8 + static_cast<std::size_t>(std::bit_width(first));
}

bool has_small_factor(std::string_view modulus) {
    return std::any_of(std::begin(primes), std::end(primes),
                       [&](unsigned prime) { return remainder(modulus, prime) == 0; });
}

bool is_roca(std::string_view modulus) {
    return std::all_of(std::begin(primes), std::end(primes), [&](unsigned prime) {
        return is_power_of_65537(remainder(modulus, prime), prime);
    });
}

} // namespace policy::jose
