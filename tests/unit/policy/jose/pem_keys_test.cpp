// Public keys from PEM text, and from the certificate inside a JWK (x5c).

#include "policy/jose/base64url.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/jose/openssl.hpp"
#include "policy/jose/private_key.hpp"
#include "policy/jose/signature.hpp"
#include "tests/support/token_builder.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <algorithm>

namespace policy::jose {
namespace {

using support::test_key;

PkeyPtr pair_of(Algorithm algorithm) {
    const std::string pem = to_pem(test_key(algorithm));
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return PkeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

/// A certificate that signs itself and has been over since 1970: nobody looks at its dates or its
/// issuer.
CertificatePtr certificate_of(Algorithm algorithm) {
    const PkeyPtr pair = pair_of(algorithm);
    CertificatePtr certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), 0);
    X509_set_pubkey(certificate.get(), pair.get());
    X509_sign(certificate.get(), pair.get(),
              algorithm == Algorithm::eddsa ? nullptr : EVP_sha256());
    return certificate;
}

std::string pem_certificate(Algorithm algorithm) {
    const CertificatePtr certificate = certificate_of(algorithm);
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

/// Ordinary base64 of the DER form, as RFC 7517 4.7 wants it.
std::string x5c_of(Algorithm algorithm) {
    const CertificatePtr certificate = certificate_of(algorithm);
    std::string der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate.get(), &out);
    std::string text = encode_base64url(der);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text += '=';
    return text;
}

bool verifies(const KeySet& keys, Algorithm algorithm) {
    return keys.keys()[0]->verify(algorithm, "text", *sign_bytes(test_key(algorithm), "text"));
}

TEST(PemKeys, TakePublicKeysOfEveryType) {
    for (const Algorithm algorithm : {Algorithm::ps384, Algorithm::es256, Algorithm::es384,
                                      Algorithm::es512, Algorithm::eddsa}) {
        const auto keys = parse_pem_keys(to_public_pem(test_key(algorithm)));
        ASSERT_TRUE(keys) << to_string(algorithm);
        EXPECT_EQ(keys->keys()[0]->kid(), "");
        EXPECT_TRUE(verifies(*keys, algorithm)) << to_string(algorithm);
    }
}

TEST(PemKeys, TakeCertificatesWithoutJudgingThem) {
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
        const auto keys = parse_pem_keys("Bag Attributes\n" + pem_certificate(algorithm) + "\n");
        ASSERT_TRUE(keys) << to_string(algorithm);
        EXPECT_TRUE(verifies(*keys, algorithm)) << to_string(algorithm);
    }
}

TEST(PemKeys, TakeSeveralAndEachOnce) {
    const std::string rsa = to_public_pem(test_key(Algorithm::rs256)),
                      ec = to_public_pem(test_key(Algorithm::es256));
    const auto keys = parse_pem_keys(rsa + ec + pem_certificate(Algorithm::rs256));
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->size(), 2u);
}

TEST(PemKeys, SkipPrivateKeysLoudly) {
    const auto keys = parse_pem_keys(to_pem(test_key(Algorithm::es256)) +
                                     to_public_pem(test_key(Algorithm::es256)));
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->skipped().size(), 1u);
    EXPECT_TRUE(keys->skipped()[0].leaked_private);
    std::vector<SkippedKey> skipped;
    EXPECT_EQ(parse_pem_keys(to_pem(test_key(Algorithm::es256)), &skipped).error(),
              KeySetError::no_usable_key);
    EXPECT_EQ(skipped.size(), 1u);
}

TEST(PemKeys, HoldKeysToTheSameRules) {
    const PkeyPtr small(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}));
    const PkeyPtr foreign(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "secp256k1"));
    const PkeyPtr exchange(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
    const std::pair<const PkeyPtr*, const char*> cases[] = {
        {&small, "an RSA modulus of 1024 bits is outside 2048 to 4096"},
        {&foreign, "its curve is not P-256, P-384 or P-521"},
        {&exchange, "a key of a type that we do not use"}};
    for (const auto& [key, why] : cases) {
        const BioPtr bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_PUBKEY(bio.get(), key->get());
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &data);
        std::vector<SkippedKey> skipped;
        EXPECT_EQ(parse_pem_keys({data, static_cast<std::size_t>(size)}, &skipped).error(),
                  KeySetError::no_usable_key);
        ASSERT_EQ(skipped.size(), 1u);
        EXPECT_EQ(skipped[0].why, why);
    }
}

TEST(PemKeys, RefuseTextThatIsNoPem) {
    const std::string good = to_public_pem(test_key(Algorithm::es256));
    for (const std::string& text :
         {std::string(), std::string("hello"), std::string(100, '\0'),
          good.substr(0, good.size() - 30),
          std::string("-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n"),
          good + good.substr(0, 60)})
        EXPECT_EQ(parse_pem_keys(text).error(), KeySetError::not_a_key_set) << text;
    EXPECT_EQ(
        parse_pem_keys("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n").error(),
        KeySetError::no_usable_key);
    EXPECT_EQ(parse_pem_keys(good + std::string(256 * 1024, '\n')).error(), KeySetError::too_large);
}

TEST(X5c, GivesTheKeyOfTheFirstCertificate) {
    for (const auto& [type, algorithm] : {std::pair{"RSA", Algorithm::rs256},
                                          {"EC", Algorithm::es256},
                                          {"OKP", Algorithm::eddsa}}) {
        const auto keys = parse_key_set(R"({"keys":[{"kid":"c","kty":")" + std::string(type) +
                                        R"(","x5c":[")" + x5c_of(algorithm) + R"("]}]})");
        ASSERT_TRUE(keys) << type;
        EXPECT_EQ(keys->keys()[0]->kid(), "c");
        EXPECT_TRUE(verifies(*keys, algorithm)) << type;
    }
}

TEST(X5c, IsNotLookedAtBesideTheMembers) {
    std::string jwk = to_public_jwk(test_key(Algorithm::es256));
    jwk.insert(1, R"("x5c":["rubbish"],)");
    const auto keys = parse_key_set(R"({"keys":[)" + jwk + "]}");
    ASSERT_TRUE(keys);
    EXPECT_TRUE(verifies(*keys, Algorithm::es256));
}

TEST(X5c, RefusesWhatIsNoCertificateOfItsType) {
    const std::string good = x5c_of(Algorithm::es256);
    const std::pair<std::string, const char*> cases[] = {
        {R"("kty":"EC","x5c":[])", "its `x5c` is not an array of strings"},
        {R"("kty":"EC","x5c":"AAAA")", "its `x5c` is not an array of strings"},
        {R"("kty":"EC","x5c":[1])", "its `x5c` is not an array of strings"},
        {R"("kty":"EC","x5c":["!"])", "its `x5c` is not base64"},
        {R"("kty":"EC","x5c":["AAAA"])", "its `x5c` does not hold a certificate"},
        {R"("kty":"EC","x5c":["AAAA)" + good + R"("])", "its `x5c` does not hold a certificate"},
        {R"("kty":"RSA","x5c":[")" + good + R"("])", "its `kty` is not that of its certificate"},
        {R"("kty":"EC","alg":"ES384","x5c":[")" + good + R"("])",
         "its `alg` is none of those that a key like this can do"}};
    for (const auto& [members, why] : cases) {
        std::vector<SkippedKey> skipped;
        EXPECT_FALSE(parse_key_set(R"({"keys":[{)" + members + "}]}", &skipped));
        ASSERT_EQ(skipped.size(), 1u) << members;
        EXPECT_EQ(skipped[0].why, why) << members;
    }
}

} // namespace
} // namespace policy::jose
