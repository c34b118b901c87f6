#include "policy/jose/curve.hpp"
#include "policy/jose/digest.hpp"
#include "policy/jose/ecdsa_signature.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/thumbprint.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace policy::jose {

namespace {

class EcKey final : public Key {
public:
    EcKey(const KeyUse& use, AlgorithmSet algorithms, const Curve& curve, PkeyPtr key,
          PkeyContextPtr context, std::string order, std::string_view x, std::string_view y)
        : Key(KeyType::ec, use.kid, algorithms, ec_members(curve.name, x, y),
              "EC " + std::string(curve.name)),
          key_(std::move(key)), context_(std::move(context)), order_(std::move(order)) {}

    bool verify(Algorithm algorithm, std::string_view signed_text,
                std::string_view signature) override {
        if (!algorithms().has(algorithm)) return false;
        EcdsaDer der;
        if (!encode_ecdsa_signature(signature, order_, der)) return false;
        DigestValue digest;
        // Garbage gives a negative answer, so nothing but 1 is a yes.
        const bool right = hasher_.hash(algorithm, signed_text, digest) &&
                           EVP_PKEY_verify(context_.get(), der.bytes.data(), der.size,
                                           digest.bytes.data(), digest.size) == 1;
        ERR_clear_error();
        return right;
    }

private:
    PkeyPtr key_;
    PkeyContextPtr context_;
    std::string order_; ///< of the curve's group, in as many bytes as a coordinate
    Hasher hasher_;
};

/// fromdata refuses a point that is not on the curve. It would take compressed points and infinity
/// too, which is why the uncompressed form is made here (SEC 1 2.3.3).
PkeyPtr import_public(const Curve& curve, std::string_view x, std::string_view y) {
    std::string point = "\x04";
    point.append(x).append(y);
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.group,
                                        0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1)
        return nullptr;
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return PkeyPtr(key);
}

std::string order_of(const EVP_PKEY* key, std::size_t size) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_ORDER, &number) != 1) return {};
    const BignumPtr order(number);
    std::string bytes(size, '\0');
    const int written = BN_bn2binpad(order.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                     static_cast<int>(size));
    return written == static_cast<int>(size) ? bytes : std::string{};
}

} // namespace

MadeKey make_ec_key(const KeyUse& use, std::string_view curve_name, std::string_view x,
                    std::string_view y) {
    const Curve* curve = find_curve(curve_name);
    if (!curve) return Refusal{"its curve is not P-256, P-384 or P-521"};
    if (x.size() != curve->size || y.size() != curve->size)
        return Refusal{"`x` or `y` is not exactly as long as a coordinate of " +
                       std::string(curve->name)};
    AlgorithmSet family;
    family.add(curve->algorithm);
    const auto algorithms = narrow(family, use);
    if (!algorithms) return algorithms.error();

    PkeyPtr key = import_public(*curve, x, y);
    PkeyContextPtr context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    const bool usable = context && EVP_PKEY_verify_init(context.get()) == 1;
    std::string order = usable ? order_of(key.get(), curve->size) : std::string{};
    ERR_clear_error();
    if (order.empty()) return Refusal{"its point is not on " + std::string(curve->name)};
    return std::make_unique<EcKey>(use, *algorithms, *curve, std::move(key), std::move(context),
                                   std::move(order), x, y);
}

} // namespace policy::jose
