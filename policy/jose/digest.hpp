#pragma once

// SHA-2 with digests that were fetched once: EVP_sha256() would look them up, under a lock, at each
// use.

#include "policy/jose/algorithm.hpp"
#include "policy/jose/openssl.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace policy::jose {

/// The digest of an algorithm, for the life of the process; EdDSA has none, and for it the answer
/// is nullptr.
const EVP_MD* digest_of(Algorithm algorithm);

struct DigestValue {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
};

/// Keeps its context, so that hashing allocates nothing. One thread.
class Hasher {
public:
    Hasher() : context_(EVP_MD_CTX_new()) {}
    bool hash(Algorithm algorithm, std::string_view text, DigestValue& out);

private:
    DigestContextPtr context_;
};

std::array<unsigned char, 32> sha256(std::string_view text);

} // namespace policy::jose
