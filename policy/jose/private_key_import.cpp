#include "policy/jose/base64url.hpp"
#include "policy/jose/curve.hpp"
#include "policy/jose/pkey_members.hpp"
#include "policy/jose/private_material.hpp"
#include "policy/json.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <utility>

namespace policy::jose {

namespace {

struct ParamPush {
    const char* name;
    const std::string& big_endian;
};

/// Numbers, and for EC a group and a point, to a key pair.
PkeyPtr import_pair(const char* type, std::initializer_list<ParamPush> numbers,
                    const char* group = nullptr, const std::string& point = {}) {
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder) return nullptr;
    if (group && (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group,
                                                  0) != 1 ||
                  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                   point.data(), point.size()) != 1))
        return nullptr;
    std::array<BignumPtr, 8> owned; // the builder keeps only pointers to them
    std::size_t used = 0;
    for (const ParamPush& number : numbers) {
        if (number.big_endian.empty()) continue;
        owned[used] = to_bignum(number.big_endian);
        if (!owned[used] ||
            OSSL_PARAM_BLD_push_BN(builder.get(), number.name, owned[used].get()) != 1)
            return nullptr;
        ++used;
    }
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1)
        return nullptr;
    return PkeyPtr(key);
}

std::string_view text_of(JsonValue jwk, std::string_view name) {
    const auto member = jwk.find(name);
    return member && member->is(JsonType::string) ? member->text() : std::string_view{};
}

/// Empty where the member is missing or is not base64url; what needs it then says no.
std::string bytes_of_member(JsonValue jwk, std::string_view name) {
    return decode_base64url(text_of(jwk, name)).value_or(std::string{});
}

PkeyPtr read_rsa(JsonValue jwk) {
    const std::string n = bytes_of_member(jwk, "n"), e = bytes_of_member(jwk, "e"),
                      d = bytes_of_member(jwk, "d");
    const std::string p = bytes_of_member(jwk, "p"), q = bytes_of_member(jwk, "q"),
                      dp = bytes_of_member(jwk, "dp"), dq = bytes_of_member(jwk, "dq"),
                      qi = bytes_of_member(jwk, "qi");
    // RFC 7518 6.3.2: the factors come all together or not at all.
    const std::size_t factors = !p.empty() + !q.empty() + !dp.empty() + !dq.empty() + !qi.empty();
    if (n.empty() || e.empty() || d.empty() || (factors != 0 && factors != 5)) return nullptr;
    return import_pair("RSA", {{OSSL_PKEY_PARAM_RSA_N, n},
                               {OSSL_PKEY_PARAM_RSA_E, e},
                               {OSSL_PKEY_PARAM_RSA_D, d},
                               {OSSL_PKEY_PARAM_RSA_FACTOR1, p},
                               {OSSL_PKEY_PARAM_RSA_FACTOR2, q},
                               {OSSL_PKEY_PARAM_RSA_EXPONENT1, dp},
                               {OSSL_PKEY_PARAM_RSA_EXPONENT2, dq},
                               {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi}});
}

PkeyPtr read_ec(JsonValue jwk, const Curve& curve) {
    const std::string x = bytes_of_member(jwk, "x"), y = bytes_of_member(jwk, "y"),
                      d = bytes_of_member(jwk, "d");
    if (x.size() != curve.size || y.size() != curve.size || d.size() != curve.size) return nullptr;
    return import_pair("EC", {{OSSL_PKEY_PARAM_PRIV_KEY, d}}, curve.group, "\x04" + x + y);
}

PkeyPtr read_okp(JsonValue jwk, const char* type) {
    const std::string x = bytes_of_member(jwk, "x"), d = bytes_of_member(jwk, "d");
    PkeyPtr key(EVP_PKEY_new_raw_private_key_ex(nullptr, type, nullptr, bytes_of(d), d.size()));
    return key && raw_public_of(key.get()) == x ? std::move(key) : nullptr;
}

MadePrivateKey read_jwk_private(JsonValue jwk, std::optional<Algorithm> algorithm) {
    const std::string_view type = text_of(jwk, "kty");
    if (type.empty()) return PrivateKeyError::not_a_key;
    if (jwk.find("use") && text_of(jwk, "use") != "sig") return PrivateKeyError::unsupported;
    if (jwk.find("alg")) {
        const auto own = parse_algorithm(text_of(jwk, "alg"));
        if (!own) return PrivateKeyError::unsupported;
        if (algorithm && *algorithm != *own) return PrivateKeyError::algorithm_mismatch;
        algorithm = own;
    }
    std::string kid(text_of(jwk, "kid"));
    if (type == "oct")
        return finish_private_key(nullptr, bytes_of_member(jwk, "k"), std::move(kid), algorithm);
    if (!jwk.find("d")) return PrivateKeyError::public_only;

    const std::string_view name = text_of(jwk, "crv");
    const Curve* curve = find_curve(name);
    PkeyPtr pair;
    if (type == "RSA")
        pair = read_rsa(jwk);
    else if (type == "EC" && curve)
        pair = read_ec(jwk, *curve);
    else if (type == "OKP" && (name == "Ed25519" || name == "Ed448"))
        pair = read_okp(jwk, name == "Ed448" ? "ED448" : "ED25519");
    else
        return PrivateKeyError::unsupported;
    if (!pair) return PrivateKeyError::inconsistent;
    return finish_private_key(std::move(pair), {}, std::move(kid), algorithm);
}

int refuse_passphrase(char*, int, int, void*) { return -1; }

MadePrivateKey read_pem(std::string_view text, std::optional<Algorithm> algorithm) {
    if (text.find("PRIVATE KEY-----") == std::string_view::npos)
        return text.find("-----BEGIN ") == std::string_view::npos ? PrivateKeyError::not_a_key
                                                                  : PrivateKeyError::public_only;
    const bool encrypted = text.find("ENCRYPTED") != std::string_view::npos;
    const BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    // Without a callback of ours OpenSSL would ask the terminal.
    PkeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_passphrase, nullptr)
                    : nullptr);
    if (!key) return encrypted ? PrivateKeyError::unsupported : PrivateKeyError::not_a_key;
    return finish_private_key(std::move(key), {}, {}, algorithm);
}

} // namespace

MadePrivateKey parse_private_key(std::string_view text, std::optional<Algorithm> algorithm) {
    constexpr std::size_t longest = 64 * 1024;
    if (text.size() > longest) return PrivateKeyError::not_a_key;
    const auto document = parse_json(text, {.bytes = longest});
    MadePrivateKey made = PrivateKeyError::not_a_key;
    if (!document) {
        made = read_pem(text, algorithm);
    } else if (const auto keys = document->root().find("keys"); keys && keys->size() == 1) {
        made = read_jwk_private(*keys->first(), algorithm);
    } else {
        made = read_jwk_private(document->root(), algorithm);
    }
    ERR_clear_error();
    return made;
}

} // namespace policy::jose
