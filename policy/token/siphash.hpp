#pragma once

// SipHash-1-3 (Aumasson, Bernstein): a hash whose collisions nobody can prepare without the key.

#include <cstdint>
#include <string_view>

namespace policy::token {

struct SipHashKey {
    std::uint64_t k0 = 0, k1 = 0;
};

std::uint64_t siphash(const SipHashKey& key, std::string_view text);

} // namespace policy::token
