#include "policy/jose/random.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

namespace policy::jose {

bool fill_random(void* out, std::size_t size) {
    const bool filled = RAND_bytes(static_cast<unsigned char*>(out), static_cast<int>(size)) == 1;
    ERR_clear_error();
    return filled;
}

} // namespace policy::jose
