#include "policy/jose/base64url.hpp"
#include "policy/jose/jws.hpp"
#include "policy/jose/private_key.hpp"
#include "policy/jose/signature.hpp"
#include "tests/support/token_builder.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using support::read_data;
using support::to_json;
using support::to_text;

constexpr Algorithm all_algorithms[] = {
    Algorithm::hs256, Algorithm::hs384, Algorithm::hs512, Algorithm::rs256, Algorithm::rs384,
    Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512, Algorithm::es256,
    Algorithm::es384, Algorithm::es512, Algorithm::eddsa};

KeySet verifier_of(const PrivateKey& key) {
    if (!is_symmetric(key.algorithm())) return *parse_key_set(to_public_jwks({&key, 1}));
    return *make_secret_key(support::secret_bytes(key));
}

TEST(PrivateKey, SignsWhatItsPublicPartVerifies) {
    for (const Algorithm algorithm : all_algorithms) {
        const PrivateKey& key = support::test_key(algorithm);
        const auto token = sign(key, R"({"typ":"at+jwt"})", R"({"sub":"ada"})");
        ASSERT_TRUE(token) << to_string(algorithm);
        const auto jws = split_jws(*token);
        ASSERT_TRUE(jws);
        const auto header = to_json(*decode_base64url(jws->header));
        EXPECT_EQ(support::text_of(header.root(), "alg"), to_string(algorithm));
        EXPECT_EQ(support::text_of(header.root(), "kid"), key.kid());
        EXPECT_EQ(support::text_of(header.root(), "typ"), "at+jwt");
        const KeySet keys = verifier_of(key);
        ASSERT_EQ(keys.size(), 1u) << to_string(algorithm);
        EXPECT_TRUE(
            keys.keys()[0]->verify(algorithm, jws->signed_text, *decode_base64url(jws->signature)));
        EXPECT_EQ(keys.keys()[0]->description(), key.description());
    }
}

TEST(PrivateKey, ComesBackFromItsOwnText) {
    for (const Algorithm algorithm : all_algorithms) {
        const PrivateKey& key = support::test_key(algorithm);
        const auto from_jwk = parse_private_key(to_jwk(key));
        ASSERT_TRUE(from_jwk) << to_string(algorithm) << ": " << to_string(from_jwk.error());
        EXPECT_EQ(to_jwk(*from_jwk), to_jwk(key));
        EXPECT_EQ(from_jwk->algorithm(), algorithm);
        if (is_symmetric(algorithm)) {
            EXPECT_EQ(to_pem(key), "");
            EXPECT_EQ(to_public_jwk(key), "");
            continue;
        }
        const auto from_pem = parse_private_key(to_pem(key), algorithm);
        ASSERT_TRUE(from_pem) << to_string(algorithm);
        EXPECT_EQ(from_pem->thumbprint(), key.thumbprint());
        EXPECT_EQ(from_pem->kid(), key.thumbprint());
        EXPECT_TRUE(parse_pem_keys(to_public_pem(key)));
    }
}

TEST(PrivateKey, IsNewEachTimeItIsGenerated) {
    for (const Algorithm algorithm :
         {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512, Algorithm::es256, Algorithm::es384,
          Algorithm::es512, Algorithm::eddsa, Algorithm::ps256}) {
        const auto one = generate_private_key(algorithm, "k1"),
                   two = generate_private_key(algorithm);
        ASSERT_TRUE(one && two) << to_string(algorithm);
        EXPECT_EQ(one->algorithm(), algorithm);
        EXPECT_EQ(one->kid(), "k1");
        EXPECT_EQ(two->kid(), two->thumbprint());
        EXPECT_NE(one->thumbprint(), two->thumbprint());
    }
}

TEST(PrivateKey, MakesWhatItsShapeSays) {
    EXPECT_EQ(generate_private_key(Algorithm::ed448)->description(), "OKP Ed448");
    EXPECT_EQ(generate_private_key(Algorithm::ps256, {}, 2056)->description(), "RSA 2056");
    for (const unsigned bits : {0u, 1024u, 2047u, 4097u, 65536u})
        EXPECT_EQ(generate_private_key(Algorithm::rs256, {}, bits).error(),
                  PrivateKeyError::too_weak);
}

TEST(PrivateKey, HasTheThumbprintOfRfc8037) {
    // Appendix A.1 and A.3.
    const auto key = parse_private_key(R"({"kty":"OKP","crv":"Ed25519",
        "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    EXPECT_EQ(to_public_jwk(*key).find("\"d\""), std::string::npos);
}

TEST(PrivateKey, MakesTheDeterministicSignaturesOfRfc7520) {
    for (const char* file :
         {"rfc7520/jws/4_1.rsa_v15_signature.json",
          "rfc7520/jws/4_4.hmac-sha2_integrity_protection.json", "rfc7520/curve25519/jws.json"}) {
        const auto example = support::read_json_data(file);
        const JsonValue input = *example.root().find("input"),
                        signing = *example.root().find("signing");
        const auto key = parse_private_key(to_text(*input.find("key")),
                                           parse_algorithm(support::text_of(input, "alg")));
        ASSERT_TRUE(key) << file;
        const auto signature = sign_bytes(*key, support::text_of(signing, "sig-input"));
        ASSERT_TRUE(signature) << file;
        EXPECT_EQ(encode_base64url(*signature), support::text_of(signing, "sig")) << file;
    }
}

TEST(PrivateKey, TakesTheAlgorithmFromTheKeyOrTheCaller) {
    const std::string rsa = read_data("rfc7520/jwk/3_4.rsa_private_key.json");
    EXPECT_EQ(parse_private_key(rsa)->algorithm(), Algorithm::rs256);
    EXPECT_EQ(parse_private_key(rsa, Algorithm::ps512)->algorithm(), Algorithm::ps512);
    EXPECT_EQ(parse_private_key(rsa, Algorithm::es256).error(),
              PrivateKeyError::algorithm_mismatch);
    const std::string ec = read_data("rfc7520/jwk/3_2.ec_private_key.json");
    EXPECT_EQ(parse_private_key(ec)->algorithm(), Algorithm::es512);
    EXPECT_EQ(parse_private_key(ec, Algorithm::es256).error(), PrivateKeyError::algorithm_mismatch);
    const std::string long_secret = R"({"kty":"oct","k":")" + std::string(64, 'A') + "\"}";
    EXPECT_EQ(parse_private_key(long_secret).error(), PrivateKeyError::algorithm_missing);
    EXPECT_EQ(parse_private_key(long_secret, Algorithm::hs384)->algorithm(), Algorithm::hs384);
    const std::string named = R"({"alg":"HS256",)" + long_secret.substr(1);
    EXPECT_EQ(parse_private_key(named)->algorithm(), Algorithm::hs256);
    EXPECT_EQ(parse_private_key(named, Algorithm::hs384).error(),
              PrivateKeyError::algorithm_mismatch);
}

TEST(PrivateKey, RefusesWhatCannotSign) {
    const std::pair<std::string, PrivateKeyError> cases[] = {
        {"", PrivateKeyError::not_a_key},
        {"{}", PrivateKeyError::not_a_key},
        {"[1]", PrivateKeyError::not_a_key},
        {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
         PrivateKeyError::not_a_key},
        {read_data("rfc7520/jwk/3_1.ec_public_key.json"), PrivateKeyError::public_only},
        {to_public_pem(*generate_private_key(Algorithm::es256)), PrivateKeyError::public_only},
        {R"({"kty":"oct","k":"AAAA","alg":"HS256"})", PrivateKeyError::too_weak},
        {R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA","d":"AA"})",
         PrivateKeyError::unsupported},
        {R"({"kty":"EC","crv":"prime256v1","x":"AA","y":"AA","d":"AA"})",
         PrivateKeyError::unsupported},
        {R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","use":"enc"})",
         PrivateKeyError::unsupported},
        {R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"})", PrivateKeyError::too_weak}};
    for (const auto& [text, error] : cases) {
        const auto key = parse_private_key(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error(), error) << text;
    }
}

TEST(PrivateKey, RefusesPartsThatDoNotBelongTogether) {
    for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256}) {
        const std::string one = to_jwk(support::test_key(algorithm)),
                          two = to_jwk(support::test_key(algorithm, 'b'));
        const auto private_part = [](const std::string& jwk) {
            return jwk.substr(jwk.find("\"d\""));
        };
        const std::string mixed = one.substr(0, one.find("\"d\"")) + private_part(two);
        EXPECT_EQ(parse_private_key(mixed).error(), PrivateKeyError::inconsistent)
            << to_string(algorithm);
    }
}

TEST(PrivateKey, NeverSignsAHeaderThatContradictsIt) {
    const auto key = generate_private_key(Algorithm::es256);
    for (const char* header :
         {"[]", "x", R"({"alg":"none"})", R"({"kid":"other"})", R"({"typ":"a","typ":"b"})",
          "{} "
          "{}"})
        EXPECT_EQ(sign(*key, header, "{}").error(), PrivateKeyError::bad_header) << header;
    EXPECT_TRUE(sign(*key, " { } ", "{}"));
    EXPECT_TRUE(sign(*key, "", ""));
}

} // namespace
} // namespace policy::jose
