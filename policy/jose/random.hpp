#pragma once

// Randomness that an attacker cannot guess, from OpenSSL's generator.

#include <cstddef>

namespace policy::jose {

/// False when there is none: the caller must not go on with what is in `out`.
bool fill_random(void* out, std::size_t size);

} // namespace policy::jose
