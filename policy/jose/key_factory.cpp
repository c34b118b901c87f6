#include "policy/jose/key_factory.hpp"

#include "policy/jose/curve.hpp"
#include "policy/jose/pkey_members.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace policy::jose {

Result<AlgorithmSet, Refusal> narrow(AlgorithmSet family, const KeyUse& use) {
    if (!use.algorithm) return family;
    if (!family.has(*use.algorithm))
        return Refusal{"its `alg` is none of those that a key like this can do"};
    AlgorithmSet one;
    one.add(*use.algorithm);
    return one;
}

namespace {

MadeKey convert(const KeyUse& use, const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return make_rsa_key(use, number_of(key, OSSL_PKEY_PARAM_RSA_N),
                            number_of(key, OSSL_PKEY_PARAM_RSA_E));
    case EVP_PKEY_EC: {
        const Curve* curve = find_curve_of_group(curve_of(key));
        const std::size_t size = coordinate_size(key);
        return make_ec_key(use, curve ? curve->name : "",
                           number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, size),
                           number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, size));
    }
    case EVP_PKEY_ED25519: return make_okp_key(use, "Ed25519", raw_public_of(key));
    case EVP_PKEY_ED448: return make_okp_key(use, "Ed448", raw_public_of(key));
    default: return Refusal{"a key of a type that we do not use"};
    }
}

} // namespace

MadeKey make_key(const KeyUse& use, const EVP_PKEY* key) {
    MadeKey made = convert(use, key);
    ERR_clear_error();
    return made;
}

} // namespace policy::jose
