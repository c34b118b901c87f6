#include "policy/jose/digest.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/rsa_modulus.hpp"
#include "policy/jose/thumbprint.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <array>
#include <limits>

namespace policy::jose {

namespace {

constexpr std::size_t smallest_bits = 2048, largest_bits = 4096;

constexpr Algorithm rsa_algorithms[] = {Algorithm::rs256, Algorithm::rs384, Algorithm::rs512,
                                        Algorithm::ps256, Algorithm::ps384, Algorithm::ps512};

bool is_pss(Algorithm algorithm) {
    return algorithm >= Algorithm::ps256 && algorithm <= Algorithm::ps512;
}

/// A context that goes on remembering its padding and digest from one check to the next.
PkeyContextPtr make_context(EVP_PKEY* key, Algorithm algorithm) {
    PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const EVP_MD* digest = digest_of(algorithm);
    if (!context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
    const int padding = is_pss(algorithm) ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    if (EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) != 1) return nullptr;
    if (EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1) return nullptr;
    if (!is_pss(algorithm)) return context;
    // RFC 7518 3.5: MGF1 with the same digest, and a salt as long as it. OpenSSL would take any
    // salt.
    if (EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digest) != 1) return nullptr;
    if (EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1)
        return nullptr;
    return context;
}

class RsaKey final : public Key {
public:
    RsaKey(const KeyUse& use, AlgorithmSet algorithms, PkeyPtr key, std::string_view modulus,
           std::string_view exponent)
        : Key(KeyType::rsa, use.kid, algorithms, rsa_members(modulus, exponent),
              "RSA " + std::to_string(bit_length(modulus))),
          key_(std::move(key)), size_(modulus.size()) {}

    bool verify(Algorithm algorithm, std::string_view signed_text,
                std::string_view signature) override {
        if (!algorithms().has(algorithm) || signature.size() != size_) return false;
        EVP_PKEY_CTX* context = context_for(algorithm);
        DigestValue digest;
        const bool right = context && hasher_.hash(algorithm, signed_text, digest) &&
                           EVP_PKEY_verify(context, bytes_of(signature), signature.size(),
                                           digest.bytes.data(), digest.size) == 1;
        ERR_clear_error();
        return right;
    }

private:
    /// Made when first needed: most keys only ever see one of their six algorithms.
    EVP_PKEY_CTX* context_for(Algorithm algorithm) {
        PkeyContextPtr& context = contexts_[static_cast<std::size_t>(algorithm) -
                                            static_cast<std::size_t>(Algorithm::rs256)];
        if (!context) context = make_context(key_.get(), algorithm);
        return context.get();
    }

    PkeyPtr key_;
    std::size_t size_; ///< of a signature: that of the modulus (RFC 8017 8.2.2)
    Hasher hasher_;
    std::array<PkeyContextPtr, std::size(rsa_algorithms)> contexts_;
};

/// What OpenSSL takes without a word, and what would cost or forge (RFC 7518 3.3, FIPS 186-5
/// A.1.1).
std::optional<Refusal> check_material(std::string_view modulus, std::string_view exponent) {
    if (modulus.empty() || exponent.empty()) return Refusal{"`n` or `e` is empty"};
    if (modulus.front() == 0 || exponent.front() == 0)
        return Refusal{"`n` or `e` has a leading zero byte"};
    const std::size_t bits = bit_length(modulus);
    if (bits < smallest_bits || bits > largest_bits)
        return Refusal{"an RSA modulus of " + std::to_string(bits) +
                       " bits is outside 2048 to 4096"};
    if ((modulus.back() & 1) == 0) return Refusal{"the RSA modulus is even"};
    if (bit_length(exponent) <= 16 || bit_length(exponent) > 64 || (exponent.back() & 1) == 0)
        return Refusal{"the RSA exponent is not an odd number between 2^16 and 2^64"};
    if (has_small_factor(modulus)) return Refusal{"the RSA modulus has a small factor"};
    if (is_roca(modulus)) return Refusal{"the RSA modulus has the form of CVE-2017-15361 (ROCA)"};
    return std::nullopt;
}

PkeyPtr import_public(std::string_view modulus, std::string_view exponent) {
    const BignumPtr n = to_bignum(modulus), e = to_bignum(exponent);
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return PkeyPtr(key);
}

} // namespace

MadeKey make_rsa_key(const KeyUse& use, std::string_view modulus, std::string_view exponent) {
    if (auto refusal = check_material(modulus, exponent)) return *std::move(refusal);
    AlgorithmSet family;
    for (const Algorithm algorithm : rsa_algorithms) family.add(algorithm);
    const auto algorithms = narrow(family, use);
    if (!algorithms) return algorithms.error();
    PkeyPtr key = import_public(modulus, exponent);
    ERR_clear_error();
    if (!key) return Refusal{"OpenSSL cannot use this RSA key"};
    return std::make_unique<RsaKey>(use, *algorithms, std::move(key), modulus, exponent);
}

} // namespace policy::jose
