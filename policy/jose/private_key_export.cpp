#include "policy/jose/base64url.hpp"
#include "policy/jose/pkey_members.hpp"
#include "policy/jose/private_material.hpp"
#include "policy/json.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

namespace policy::jose {

namespace {

void append_member(std::string& out, std::string_view name, std::string_view bytes) {
    out += ",\"";
    out.append(name).append("\":\"").append(encode_base64url(bytes)) += '"';
}

/// The members of RFC 7638 and what a reader of the set wants to know; without the closing brace.
std::string open_jwk(const PrivateKey::Impl& key) {
    std::string out = key.members;
    out.pop_back();
    out += ",\"kid\":";
    append_json_string(out, key.kid);
    out += ",\"alg\":\"";
    out.append(to_string(key.algorithm)) += "\",\"use\":\"sig\"";
    return out;
}

void append_private_members(std::string& out, const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        for (const auto& [name, number] : {std::pair{"d", OSSL_PKEY_PARAM_RSA_D},
                                           {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
                                           {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
                                           {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
                                           {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
                                           {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}}) {
            const std::string bytes = number_of(key, number);
            if (!bytes.empty())
                append_member(out, name, bytes); // a key may have come without its factors
        }
        return;
    case EVP_PKEY_EC:
        return append_member(out, "d",
                             number_of(key, OSSL_PKEY_PARAM_PRIV_KEY, coordinate_size(key)));
    default: return append_member(out, "d", raw_private_of(key));
    }
}

template <class Write> std::string write_pem(Write write) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio || write(bio.get()) != 1) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace

std::string to_jwk(const PrivateKey& key) {
    std::string out = open_jwk(key.impl());
    if (key.impl().pkey) append_private_members(out, key.impl().pkey.get());
    ERR_clear_error();
    return out + '}';
}

std::string to_public_jwk(const PrivateKey& key) {
    if (!key.impl().pkey) return {};
    return open_jwk(key.impl()) + '}';
}

std::string to_public_jwks(std::span<const PrivateKey> keys) {
    std::string out = R"({"keys":[)";
    for (const PrivateKey& key : keys) {
        if (!key.impl().pkey) continue;
        if (!out.ends_with('[')) out += ',';
        out += to_public_jwk(key);
    }
    return out + "]}";
}

std::string to_pem(const PrivateKey& key) {
    EVP_PKEY* pkey = key.impl().pkey.get();
    if (!pkey) return {};
    return write_pem([&](BIO* bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, pkey, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

std::string to_public_pem(const PrivateKey& key) {
    EVP_PKEY* pkey = key.impl().pkey.get();
    if (!pkey) return {};
    return write_pem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, pkey); });
}

} // namespace policy::jose
