#include "policy/jose/jwk.hpp"

#include "policy/jose/base64url.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <set>

namespace policy::jose {

namespace {

constexpr std::size_t longest_kid = 256;

/// The text of a string member. Empty where it is missing or of another type: no member that we
/// read may be empty.
std::string_view text_of(JsonValue jwk, std::string_view name) {
    const auto member = jwk.find(name);
    return member && member->is(JsonType::string) ? member->text() : std::string_view{};
}

bool has_private_member(JsonValue jwk) {
    // RFC 7518 6.2.2, 6.3.2, 6.4.1; RFC 8037 2.
    constexpr std::string_view names[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view name) { return jwk.find(name); });
}

/// RFC 7517 4.3: no duplicates, and nothing that contradicts `use`.
std::optional<Refusal> check_key_ops(JsonValue ops, bool for_signatures) {
    if (!ops.is(JsonType::array)) return Refusal{"its `key_ops` is not an array"};
    std::set<std::string_view> names;
    for (auto op = ops.first(); op; op = op->next()) {
        if (!op->is(JsonType::string))
            return Refusal{"its `key_ops` has a member that is not a string"};
        if (!names.insert(op->text()).second) return Refusal{"its `key_ops` has a duplicate"};
        if (for_signatures && op->text() != "verify" && op->text() != "sign")
            return Refusal{"its `key_ops` contradicts its `use`"};
    }
    if (!names.contains("verify")) return Refusal{"its `key_ops` does not allow to verify"};
    return std::nullopt;
}

std::optional<Refusal> check_use(JsonValue jwk) {
    const auto use = jwk.find("use");
    if (use && (!use->is(JsonType::string) || use->text() != "sig"))
        return Refusal{"its `use` is not `sig`"};
    const auto ops = jwk.find("key_ops");
    return ops ? check_key_ops(*ops, use.has_value()) : std::nullopt;
}

/// kid and alg; an error is a refusal.
Result<KeyUse, Refusal> read_key_use(JsonValue jwk) {
    KeyUse use;
    if (const auto kid = jwk.find("kid")) {
        if (!kid->is(JsonType::string)) return Refusal{"its `kid` is not a string"};
        if (kid->text().size() > longest_kid) return Refusal{"its `kid` is longer than 256 bytes"};
        use.kid = kid->text();
    }
    if (const auto algorithm = jwk.find("alg")) {
        if (algorithm->is(JsonType::string)) use.algorithm = parse_algorithm(algorithm->text());
        if (!use.algorithm) return Refusal{"its `alg` is not a signature algorithm that we know"};
        // RFC 9864: these two names belong to one curve each.
        const std::string_view name = algorithm->text();
        if ((name == "Ed25519" || name == "Ed448") && name != text_of(jwk, "crv"))
            return Refusal{"its `alg` and its `crv` do not fit"};
    }
    return use;
}

/// Decodes a member into `out`.
std::optional<Refusal> read_bytes(JsonValue jwk, std::string_view name, std::string& out) {
    const std::string_view text = text_of(jwk, name);
    if (text.empty()) return Refusal{"`" + std::string(name) + "` is missing"};
    auto bytes = decode_base64url(text);
    if (!bytes) return Refusal{"`" + std::string(name) + "` is not base64url"};
    out = *std::move(bytes);
    return std::nullopt;
}

std::string_view type_name(const Key& key) {
    switch (key.type()) {
    case KeyType::rsa: return "RSA";
    case KeyType::ec: return "EC";
    case KeyType::okp: return "OKP";
    case KeyType::oct: break;
    }
    return "oct";
}

/// The key inside the first certificate (RFC 7517 4.7). It is believed because the set is; nobody
/// looks at the chain.
MadeKey read_certificate_key(JsonValue chain, const KeyUse& use, std::string_view type) {
    const auto first = chain.first();
    if (!chain.is(JsonType::array) || !first || !first->is(JsonType::string))
        return Refusal{"its `x5c` is not an array of strings"};
    // Ordinary base64 with padding here; ours knows neither.
    std::string text(first->text());
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    const auto der = decode_base64url(text);
    if (!der) return Refusal{"its `x5c` is not base64"};

    const unsigned char* at = bytes_of(*der);
    const CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())));
    const EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    if (!key || at != bytes_of(*der) + der->size())
        return Refusal{"its `x5c` does not hold a certificate"};
    MadeKey made = make_key(use, key);
    if (made && type_name(**made) != type)
        return Refusal{"its `kty` is not that of its certificate"};
    return made;
}

MadeKey read_rsa(JsonValue jwk, const KeyUse& use) {
    std::string n, e;
    if (auto refusal = read_bytes(jwk, "n", n)) return *std::move(refusal);
    if (auto refusal = read_bytes(jwk, "e", e)) return *std::move(refusal);
    return make_rsa_key(use, n, e);
}

MadeKey read_ec(JsonValue jwk, const KeyUse& use) {
    std::string x, y;
    if (auto refusal = read_bytes(jwk, "x", x)) return *std::move(refusal);
    if (auto refusal = read_bytes(jwk, "y", y)) return *std::move(refusal);
    return make_ec_key(use, text_of(jwk, "crv"), x, y);
}

MadeKey read_okp(JsonValue jwk, const KeyUse& use) {
    std::string x;
    if (auto refusal = read_bytes(jwk, "x", x)) return *std::move(refusal);
    return make_okp_key(use, text_of(jwk, "crv"), x);
}

MadeKey read_material(JsonValue jwk, const KeyUse& use) {
    const std::string_view type = text_of(jwk, "kty");
    if (type == "oct") return Refusal{"a shared secret has no place in a key set"};
    if (type != "RSA" && type != "EC" && type != "OKP")
        return Refusal{"its `kty` is not RSA, EC or OKP"};
    const auto chain = jwk.find("x5c");
    if (chain && !jwk.find("n") && !jwk.find("e") && !jwk.find("x") && !jwk.find("y"))
        return read_certificate_key(*chain, use, type);
    if (type == "RSA") return read_rsa(jwk, use);
    return type == "EC" ? read_ec(jwk, use) : read_okp(jwk, use);
}

} // namespace

ReadJwk read_jwk(JsonValue jwk) {
    if (!jwk.is(JsonType::object)) return {{}, Refusal{"it is not an object"}};
    auto use = read_key_use(jwk);
    std::string kid = use ? use->kid : std::string(text_of(jwk, "kid").substr(0, longest_kid));
    if (has_private_member(jwk))
        return {std::move(kid), Refusal{"it carries private members"}, true};
    if (!use) return {std::move(kid), use.error()};
    if (auto refusal = check_use(jwk)) return {std::move(kid), *std::move(refusal)};
    MadeKey key = read_material(jwk, *use);
    ERR_clear_error();
    if (key) (*key)->set_issuer(std::string(text_of(jwk, "issuer")));
    return {std::move(kid), std::move(key)};
}

} // namespace policy::jose
