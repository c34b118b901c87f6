#include "policy/jose/base64url.hpp"
#include "policy/jose/digest.hpp"
#include "policy/jose/ecdsa_signature.hpp"
#include "policy/jose/pkey_members.hpp"
#include "policy/jose/private_material.hpp"
#include "policy/json.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>

namespace policy::jose {

namespace {

bool is_pss(Algorithm algorithm) {
    return algorithm >= Algorithm::ps256 && algorithm <= Algorithm::ps512;
}

std::string_view digest_name(Algorithm algorithm) { return EVP_MD_get0_name(digest_of(algorithm)); }

/// Empty on failure.
std::string sign_with_secret(const PrivateKey::Impl& key, std::string_view text) {
    std::string tag(EVP_MAX_MD_SIZE, '\0');
    std::size_t size = 0;
    if (!EVP_Q_mac(nullptr, "HMAC", nullptr, digest_name(key.algorithm).data(), nullptr,
                   key.secret.data(), key.secret.size(), bytes_of(text), text.size(),
                   reinterpret_cast<unsigned char*>(tag.data()), tag.size(), &size))
        return {};
    tag.resize(size);
    return tag;
}

/// What OpenSSL makes: for ECDSA still in DER. Empty on failure.
std::string sign_with_pair(const PrivateKey::Impl& key, std::string_view text) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr; // the context's
    const char* digest = is_edwards(key.algorithm) ? nullptr : digest_name(key.algorithm).data();
    if (!context || EVP_DigestSignInit_ex(context.get(), &parameters, digest, nullptr, nullptr,
                                          key.pkey.get(), nullptr) != 1)
        return {};
    if (is_pss(key.algorithm) &&
        (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
        return {};
    std::size_t size = 0;
    if (EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) != 1) return {};
    std::string signature(size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(signature.data());
    if (EVP_DigestSign(context.get(), out, &size, bytes_of(text), text.size()) != 1) return {};
    signature.resize(size);
    return signature;
}

/// The members that follow alg and kid, with a comma in front; nothing when the text is no such
/// object.
std::optional<std::string> further_members(std::string_view header) {
    if (header.empty()) return std::string{};
    const auto document = parse_json(header);
    if (!document || !document->root().is(JsonType::object)) return std::nullopt;
    if (document->root().find("alg") || document->root().find("kid")) return std::nullopt;
    if (document->root().size() == 0) return std::string{};
    const std::size_t open = header.find('{'), close = header.rfind('}');
    return "," + std::string(header.substr(open + 1, close - open - 1));
}

} // namespace

Result<std::string, PrivateKeyError> sign_bytes(const PrivateKey& key, std::string_view bytes) {
    const PrivateKey::Impl& impl = key.impl();
    std::string signature = impl.pkey ? sign_with_pair(impl, bytes) : sign_with_secret(impl, bytes);
    if (!signature.empty() && impl.pkey && EVP_PKEY_get_base_id(impl.pkey.get()) == EVP_PKEY_EC)
        signature = decode_ecdsa_signature(signature, coordinate_size(impl.pkey.get()))
                        .value_or(std::string{});
    ERR_clear_error();
    if (signature.empty()) return PrivateKeyError::crypto_failed;
    return signature;
}

Result<std::string, PrivateKeyError> sign(const PrivateKey& key, std::string_view header,
                                          std::string_view payload) {
    const auto further = further_members(header);
    if (!further) return PrivateKeyError::bad_header;
    std::string text = R"({"alg":")" + std::string(to_string(key.algorithm())) + R"(","kid":)";
    append_json_string(text, key.kid());
    text += *further + '}';
    std::string token = encode_base64url(text) + '.' + encode_base64url(payload);
    const auto signature = sign_bytes(key, token);
    if (!signature) return signature.error();
    return token + '.' + encode_base64url(*signature);
}

} // namespace policy::jose
