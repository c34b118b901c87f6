#include "policy/jose/base64url.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/signature.hpp"
#include "tests/support/token_builder.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <map>

namespace policy::jose {
namespace {

using support::test_key;
using namespace std::string_literals;

constexpr Algorithm all_algorithms[] = {
    Algorithm::hs256, Algorithm::hs384, Algorithm::hs512, Algorithm::rs256, Algorithm::rs384,
    Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512, Algorithm::es256,
    Algorithm::es384, Algorithm::es512, Algorithm::eddsa};

/// The key that verifies what test_key(algorithm) signs; without `alg`, so open to all that its
/// type can do.
std::unique_ptr<Key> open_key(Algorithm algorithm) {
    if (is_symmetric(algorithm))
        return *make_hmac_key({}, support::secret_bytes(test_key(algorithm)));
    const auto jwk = support::to_json(to_public_jwk(test_key(algorithm)));
    const auto bytes = [&](const char* name) {
        return support::from_base64url(support::text_of(jwk.root(), name));
    };
    const std::string_view curve = support::text_of(jwk.root(), "crv");
    if (support::text_of(jwk.root(), "kty") == "RSA")
        return *make_rsa_key({}, bytes("n"), bytes("e"));
    if (support::text_of(jwk.root(), "kty") == "EC")
        return *make_ec_key({}, curve, bytes("x"), bytes("y"));
    return *make_okp_key({}, curve, bytes("x"));
}

const std::string text = "header.payload";

/// Made once: signing is what takes time here.
const std::string& signature_by(Algorithm algorithm, char which = 'a') {
    static std::map<std::pair<Algorithm, char>, std::string> made;
    std::string& signature = made[{algorithm, which}];
    if (signature.empty()) signature = *sign_bytes(test_key(algorithm, which), text);
    return signature;
}

TEST(Signature, FailsWithAnyBitOfItFlipped) {
    for (const Algorithm algorithm : all_algorithms) {
        const auto key = open_key(algorithm);
        const std::string good = signature_by(algorithm);
        ASSERT_TRUE(key->verify(algorithm, text, good)) << to_string(algorithm);
        for (std::size_t bit = 0; bit<good.size() * 8; bit += good.size()> 200 ? 7 : 1) {
            std::string bad = good;
            bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
            EXPECT_FALSE(key->verify(algorithm, text, bad))
                << to_string(algorithm) << " bit " << bit;
        }
        EXPECT_TRUE(key->verify(algorithm, text, good))
            << to_string(algorithm) << " after failures";
        EXPECT_EQ(ERR_peek_error(), 0u);
    }
}

TEST(Signature, FailsAtAnyOtherLength) {
    for (const Algorithm algorithm : all_algorithms) {
        const auto key = open_key(algorithm);
        const std::string good = signature_by(algorithm);
        for (std::size_t size = 0; size < good.size(); ++size)
            EXPECT_FALSE(key->verify(algorithm, text, good.substr(0, size)))
                << to_string(algorithm) << ' ' << size;
        for (const std::string& more :
             {good + '\0', '\0' + good, good + good, good.substr(1) + '\0'})
            EXPECT_FALSE(key->verify(algorithm, text, more)) << to_string(algorithm);
    }
}

TEST(Signature, FailsForAnyOtherText) {
    for (const Algorithm algorithm : all_algorithms) {
        const auto key = open_key(algorithm);
        const std::string good = signature_by(algorithm);
        for (const std::string& other :
             {""s, "header.payloae"s, "header.payload "s, "\0header.payload"s, "header"s})
            EXPECT_FALSE(key->verify(algorithm, other, good)) << to_string(algorithm);
    }
}

TEST(Signature, FailsForAnotherKeyOfTheSameKind) {
    for (const Algorithm algorithm : all_algorithms)
        EXPECT_FALSE(open_key(algorithm)->verify(algorithm, text, signature_by(algorithm, 'b')))
            << to_string(algorithm);
}

TEST(Signature, HoldsForNoPairOfKeyAndAlgorithmButItsOwn) {
    for (const Algorithm of_key : all_algorithms) {
        const auto key = open_key(of_key);
        for (const Algorithm signed_as : all_algorithms) {
            const std::string signature = signature_by(signed_as);
            for (const Algorithm claimed : all_algorithms) {
                const bool same_material =
                    test_key(of_key).thumbprint() == test_key(signed_as).thumbprint();
                const bool expected = same_material && signed_as == claimed;
                EXPECT_EQ(key->verify(claimed, text, signature), expected)
                    << to_string(of_key) << " key, " << to_string(signed_as)
                    << " signature, called " << to_string(claimed);
            }
        }
    }
}

TEST(Signature, HoldsOnlyForTheAlgorithmThatTheKeyNames) {
    const auto set = parse_key_set(support::public_jwks({&test_key(Algorithm::rs256)}));
    ASSERT_TRUE(set);
    Key& key = *set->keys()[0];
    EXPECT_TRUE(key.verify(Algorithm::rs256, text, signature_by(Algorithm::rs256)));
    for (const Algorithm other :
         {Algorithm::rs384, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512})
        EXPECT_FALSE(key.verify(other, text, signature_by(other))) << to_string(other);
}

TEST(Signature, IsNoHmacWithWhatIsPublic) {
    // CVE-2015-9235 and its many returns: a MAC made with some spelling of a public key.
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::es256}) {
        const std::string pem = to_public_pem(test_key(algorithm));
        const std::string jwk = to_public_jwk(test_key(algorithm));
        const auto key = open_key(algorithm);
        for (const std::string& secret :
             {pem, pem.substr(0, pem.size() - 1), jwk, pem.substr(27)}) {
            const auto mac_key = parse_private_key(R"({"kty":"oct","alg":"HS256","k":")" +
                                                   encode_base64url(secret) + "\"}");
            ASSERT_TRUE(mac_key);
            for (const Algorithm claimed : {Algorithm::hs256, algorithm})
                EXPECT_FALSE(key->verify(claimed, text, *sign_bytes(*mac_key, text)));
        }
    }
}

TEST(Signature, IsNotPsychic) {
    const auto key = open_key(Algorithm::es256);
    const std::string n =
        support::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    std::string n_minus_1 = n;
    n_minus_1.back() = '\x50';
    const std::string zero(32, '\0'), one = std::string(31, '\0') + '\x01', most(32, '\xff');
    for (const std::string& r : {zero, one, n_minus_1, n, most})
        for (const std::string& s : {zero, one, n_minus_1, n, most})
            EXPECT_FALSE(key->verify(Algorithm::es256, text, r + s));
}

TEST(Signature, MayHaveEitherSignOfItsSecondHalf) {
    // (r, n - s) is a valid ECDSA signature too: token bytes are no identity, and nothing may use
    // them as one.
    const std::string n =
        support::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    std::string signature = signature_by(Algorithm::es256);
    int borrow = 0;
    for (int i = 31; i >= 0; --i) {
        const auto at = static_cast<std::size_t>(i);
        const int difference = static_cast<unsigned char>(n[at]) -
                               static_cast<unsigned char>(signature[32 + at]) - borrow;
        signature[32 + at] = static_cast<char>(difference & 0xff);
        borrow = difference < 0;
    }
    EXPECT_TRUE(open_key(Algorithm::es256)->verify(Algorithm::es256, text, signature));
}

TEST(Signature, OfEs512RefusesHighBits) {
    std::string signature = signature_by(Algorithm::es512);
    ASSERT_EQ(signature.size(), 132u);
    for (int bit = 1; bit < 8; ++bit) {
        std::string bad = signature;
        bad[0] = static_cast<char>(bad[0] | (1 << bit));
        EXPECT_FALSE(open_key(Algorithm::es512)->verify(Algorithm::es512, text, bad));
    }
}

TEST(Signature, OfEddsaRefusesAnAddedOrder) {
    std::string signature = signature_by(Algorithm::eddsa);
    const std::string order =
        support::from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry +=
            static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]);
        signature[32 + i] = static_cast<char>(carry & 0xff);
        carry >>= 8;
    }
    EXPECT_FALSE(open_key(Algorithm::eddsa)->verify(Algorithm::eddsa, text, signature));
}

TEST(Signature, OfRsaRefusesConstants) {
    const auto key = open_key(Algorithm::rs256);
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256})
        for (const std::string& constant :
             {std::string(256, '\0'), std::string(256, '\xff'), std::string(255, '\0') + '\x01'})
            EXPECT_FALSE(key->verify(algorithm, text, constant));
    EXPECT_EQ(ERR_peek_error(), 0u);
}

} // namespace
} // namespace policy::jose
