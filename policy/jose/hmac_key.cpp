#include "policy/jose/key_factory.hpp"
#include "policy/jose/thumbprint.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include <array>

namespace policy::jose {

namespace {

struct Hmac {
    Algorithm algorithm;
    const char* digest;
    std::size_t size; ///< of the tag, and the least size of the secret (RFC 7518 3.2)
};

constexpr Hmac hmacs[] = {{Algorithm::hs256, "SHA2-256", 32},
                          {Algorithm::hs384, "SHA2-384", 48},
                          {Algorithm::hs512, "SHA2-512", 64}};

/// Holds the keyed state; starting again without a key returns to it.
MacContextPtr make_context(const Hmac& hmac, std::string_view secret) {
    static EVP_MAC* const fetched =
        EVP_MAC_fetch(nullptr, "HMAC", nullptr); // for the life of the process
    MacContextPtr context(fetched ? EVP_MAC_CTX_new(fetched) : nullptr);
    std::string digest = hmac.digest;
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_init(context.get(), bytes_of(secret), secret.size(), params) != 1)
        return nullptr;
    return context;
}

class HmacKey final : public Key {
public:
    HmacKey(const KeyUse& use, AlgorithmSet algorithms, std::string_view secret)
        : Key(KeyType::oct, use.kid, algorithms, oct_members(secret),
              "oct " + std::to_string(secret.size() * 8)) {
        for (std::size_t i = 0; i < std::size(hmacs); ++i)
            if (algorithms.has(hmacs[i].algorithm)) contexts_[i] = make_context(hmacs[i], secret);
    }

    bool verify(Algorithm algorithm, std::string_view signed_text,
                std::string_view signature) override {
        if (!algorithms().has(algorithm)) return false;
        const auto index = static_cast<std::size_t>(algorithm);
        EVP_MAC_CTX* context = contexts_[index].get();
        const std::size_t size = hmacs[index].size;
        if (!context || signature.size() != size) return false;
        std::array<unsigned char, 64> tag;
        std::size_t written = 0;
        const bool made = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 &&
                          EVP_MAC_update(context, bytes_of(signed_text), signed_text.size()) == 1 &&
                          EVP_MAC_final(context, tag.data(), &written, tag.size()) == 1 &&
                          written == size;
        ERR_clear_error();
        return made && CRYPTO_memcmp(tag.data(), signature.data(), size) == 0;
    }

private:
    std::array<MacContextPtr, std::size(hmacs)> contexts_; ///< in the order of the algorithms
};

} // namespace

MadeKey make_hmac_key(const KeyUse& use, std::string_view secret) {
    AlgorithmSet family;
    for (const Hmac& hmac : hmacs)
        if (secret.size() >= hmac.size) family.add(hmac.algorithm);
    if (family.empty()) return Refusal{"a secret of fewer than 32 bytes"};
    const auto algorithms = narrow(family, use);
    if (!algorithms) return algorithms.error();
    return std::make_unique<HmacKey>(use, *algorithms, secret);
}

} // namespace policy::jose
