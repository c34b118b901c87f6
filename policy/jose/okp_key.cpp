#include "policy/jose/edwards_point.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/thumbprint.hpp"

#include <openssl/err.h>

namespace policy::jose {

namespace {

struct EdwardsCurve {
    std::string_view name;
    Algorithm algorithm; ///< by its RFC 9864 name
    std::size_t point_size;
    std::size_t signature_size; ///< RFC 8032 5.1.6, 5.2.6
    bool (*is_canonical)(std::string_view);
    bool (*is_small_order)(std::string_view);
};

constexpr EdwardsCurve edwards_curves[] = {
    {"Ed25519", Algorithm::ed25519, 32, 64, is_canonical_ed25519, is_small_order_ed25519},
    {"Ed448", Algorithm::ed448, 57, 114, is_canonical_ed448, is_small_order_ed448},
};

class OkpKey final : public Key {
public:
    OkpKey(const KeyUse& use, AlgorithmSet algorithms, const EdwardsCurve& curve, PkeyPtr key,
           DigestContextPtr context, std::string_view x)
        : Key(KeyType::okp, use.kid, algorithms, okp_members(curve.name, x),
              "OKP " + std::string(curve.name)),
          key_(std::move(key)), context_(std::move(context)),
          signature_size_(curve.signature_size) {}

    bool verify(Algorithm algorithm, std::string_view signed_text,
                std::string_view signature) override {
        if (!algorithms().has(algorithm) || signature.size() != signature_size_) return false;
        // The key stays in the context. EdDSA knows no parameters that starting again could lose.
        const bool right =
            EVP_DigestVerifyInit(context_.get(), nullptr, nullptr, nullptr, nullptr) == 1 &&
            EVP_DigestVerify(context_.get(), bytes_of(signature), signature.size(),
                             bytes_of(signed_text), signed_text.size()) == 1;
        ERR_clear_error();
        return right;
    }

private:
    PkeyPtr key_;
    DigestContextPtr context_;
    std::size_t signature_size_;
};

} // namespace

MadeKey make_okp_key(const KeyUse& use, std::string_view curve_name, std::string_view x) {
    const EdwardsCurve* curve = nullptr;
    for (const EdwardsCurve& known : edwards_curves)
        if (known.name == curve_name) curve = &known;
    if (!curve) return Refusal{"its curve is not Ed25519 or Ed448"};
    if (x.size() != curve->point_size)
        return Refusal{"`x` does not have the length of " + std::string(curve->name)};
    if (!curve->is_canonical(x)) return Refusal{"its point is not written in the canonical way"};
    if (curve->is_small_order(x)) return Refusal{"its point is of small order"};
    // Two names for one thing (RFC 9864 2.2): a key that says one is good for the other as well.
    AlgorithmSet family;
    family.add(Algorithm::eddsa);
    family.add(curve->algorithm);
    if (const auto narrowed = narrow(family, use); !narrowed) return narrowed.error();

    PkeyPtr key(EVP_PKEY_new_raw_public_key_ex(nullptr, curve->name.data(), nullptr, bytes_of(x),
                                               x.size()));
    DigestContextPtr context(EVP_MD_CTX_new());
    const bool usable =
        key && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1;
    ERR_clear_error();
    if (!usable) return Refusal{"OpenSSL cannot use this " + std::string(curve->name) + " key"};
    return std::make_unique<OkpKey>(use, family, *curve, std::move(key), std::move(context), x);
}

} // namespace policy::jose
