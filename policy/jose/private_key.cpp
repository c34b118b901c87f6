#include "policy/jose/private_key.hpp"

#include "policy/jose/curve.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/pkey_members.hpp"
#include "policy/jose/private_material.hpp"
#include "policy/jose/thumbprint.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

namespace policy::jose {

std::string_view to_string(PrivateKeyError error) {
    switch (error) {
    case PrivateKeyError::not_a_key: return "this is neither a JWK nor one PEM private key";
    case PrivateKeyError::public_only: return "a public key cannot sign";
    case PrivateKeyError::unsupported:
        return "a key of this type, curve or encryption is not supported";
    case PrivateKeyError::too_weak: return "the key is smaller or larger than its algorithm allows";
    case PrivateKeyError::inconsistent: return "the parts of the key do not belong together";
    case PrivateKeyError::algorithm_mismatch: return "the key is not for this algorithm";
    case PrivateKeyError::algorithm_missing:
        return "the key fits several algorithms and none is named";
    case PrivateKeyError::bad_header: return "the header is not a JSON object without alg and kid";
    case PrivateKeyError::crypto_failed: return "OpenSSL could not do it";
    }
    return "unknown";
}

PrivateKey::Impl::~Impl() {
    OPENSSL_cleanse(secret.data(), secret.size());
    if (!pkey) OPENSSL_cleanse(members.data(), members.size());
}

PrivateKey::PrivateKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Algorithm PrivateKey::algorithm() const { return impl_->algorithm; }
const std::string& PrivateKey::kid() const { return impl_->kid; }
const std::string& PrivateKey::thumbprint() const { return impl_->thumbprint; }
const std::string& PrivateKey::description() const { return impl_->description; }

namespace {

std::string members_of(const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return rsa_members(number_of(key, OSSL_PKEY_PARAM_RSA_N),
                           number_of(key, OSSL_PKEY_PARAM_RSA_E));
    case EVP_PKEY_EC: {
        const Curve* curve = find_curve_of_group(curve_of(key));
        const std::size_t size = coordinate_size(key);
        return ec_members(curve ? curve->name : "", number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, size),
                          number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, size));
    }
    case EVP_PKEY_ED25519: return okp_members("Ed25519", raw_public_of(key));
    default: return okp_members("Ed448", raw_public_of(key));
    }
}

bool is_supported(const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448: return true;
    case EVP_PKEY_EC: return find_curve_of_group(curve_of(key)) != nullptr;
    default: return false;
    }
}

std::optional<Algorithm> only_algorithm(const Key& key) {
    if (key.type() == KeyType::rsa) return Algorithm::rs256;
    std::optional<Algorithm> only;
    for (const Algorithm algorithm :
         {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512, Algorithm::es256, Algorithm::es384,
          Algorithm::es512, Algorithm::eddsa}) {
        if (!key.algorithms().has(algorithm)) continue;
        if (only) return std::nullopt;
        only = algorithm;
    }
    return only;
}

} // namespace

MadePrivateKey finish_private_key(PkeyPtr pkey, std::string secret, std::string kid,
                                  std::optional<Algorithm> algorithm) {
    if (pkey && !is_supported(pkey.get())) return PrivateKeyError::unsupported;
    const MadeKey verifier = pkey ? make_key({}, pkey.get()) : make_hmac_key({}, secret);
    if (!verifier) return PrivateKeyError::too_weak;
    if (!algorithm) algorithm = only_algorithm(**verifier);
    if (!algorithm) return PrivateKeyError::algorithm_missing;
    if (!(*verifier)->algorithms().has(*algorithm)) return PrivateKeyError::algorithm_mismatch;

    auto impl = std::make_unique<PrivateKey::Impl>();
    impl->algorithm = *algorithm;
    impl->members = pkey ? members_of(pkey.get()) : oct_members(secret);
    impl->thumbprint = thumbprint(impl->members);
    impl->kid = kid.empty() ? impl->thumbprint : std::move(kid);
    impl->description = (*verifier)->description();
    impl->pkey = std::move(pkey);
    impl->secret = std::move(secret);
    PrivateKey key(std::move(impl));

    const auto signature = sign_bytes(key, "claimgate");
    if (!signature) return signature.error();
    if (!(*verifier)->verify(*algorithm, "claimgate", *signature))
        return PrivateKeyError::inconsistent;
    return key;
}

namespace {

PkeyPtr generate_pair(Algorithm algorithm, unsigned rsa_bits) {
    for (const Curve& curve : curves)
        if (curve.algorithm == algorithm)
            return PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.group));
    if (algorithm == Algorithm::ed448) return PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448"));
    if (is_edwards(algorithm)) return PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    return PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(rsa_bits)));
}

} // namespace

MadePrivateKey generate_private_key(Algorithm algorithm, std::string kid, unsigned rsa_bits) {
    if (is_symmetric(algorithm)) {
        // As long as the hash: more would add nothing (RFC 2104 3).
        std::string secret(algorithm == Algorithm::hs256   ? 32
                           : algorithm == Algorithm::hs384 ? 48
                                                           : 64,
                           '\0');
        if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(secret.data()),
                            static_cast<int>(secret.size())) != 1)
            return PrivateKeyError::crypto_failed;
        return finish_private_key(nullptr, std::move(secret), std::move(kid), algorithm);
    }
    // Refused before it is made: a key of 16,384 bits takes minutes.
    if (rsa_bits < 2048 || rsa_bits > 4096) return PrivateKeyError::too_weak;
    PkeyPtr pair = generate_pair(algorithm, rsa_bits);
    ERR_clear_error();
    if (!pair) return PrivateKeyError::crypto_failed;
    return finish_private_key(std::move(pair), {}, std::move(kid), algorithm);
}

} // namespace policy::jose
