#include "policy/jose/digest.hpp"

#include <new>

namespace policy::jose {

namespace {

struct Digests {
    EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    EVP_MD* sha384 = EVP_MD_fetch(nullptr, "SHA2-384", nullptr);
    EVP_MD* sha512 = EVP_MD_fetch(nullptr, "SHA2-512", nullptr);
};

/// Never freed: keys of other static objects may outlive any order of destruction.
const Digests& digests() {
    static const Digests fetched;
    return fetched;
}

} // namespace

const EVP_MD* digest_of(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::hs256:
    case Algorithm::rs256:
    case Algorithm::ps256:
    case Algorithm::es256: return digests().sha256;
    case Algorithm::hs384:
    case Algorithm::rs384:
    case Algorithm::ps384:
    case Algorithm::es384: return digests().sha384;
    case Algorithm::hs512:
    case Algorithm::rs512:
    case Algorithm::ps512:
    case Algorithm::es512: return digests().sha512;
    case Algorithm::eddsa:
    case Algorithm::ed25519:
    case Algorithm::ed448: break;
    }
    return nullptr;
}

bool Hasher::hash(Algorithm algorithm, std::string_view text, DigestValue& out) {
    return context_ && EVP_DigestInit_ex(context_.get(), digest_of(algorithm), nullptr) == 1 &&
           EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1 &&
           EVP_DigestFinal_ex(context_.get(), out.bytes.data(), &out.size) == 1;
}

std::array<unsigned char, 32> sha256(std::string_view text) {
    std::array<unsigned char, 32> value{};
    // It can only fail for want of memory, and a wrong value would name a wrong key.
    if (EVP_Digest(text.data(), text.size(), value.data(), nullptr, digests().sha256, nullptr) != 1)
        throw std::bad_alloc();
    return value;
}

} // namespace policy::jose
