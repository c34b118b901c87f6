// Which key a token may be checked with, and when one is worth asking for.

#include "policy/jose/base64url.hpp"
#include "policy/token/verify.hpp"
#include "tests/unit/policy/token/issuers.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

using jose::Algorithm;
using support::test_key;
using support::TokenBuilder;

const jose::PrivateKey& rs(char which = 'a') { return test_key(Algorithm::rs256, which); }
const jose::PrivateKey& es(char which = 'a') { return test_key(Algorithm::es256, which); }

std::string without_kids(std::string jwks) {
    for (std::size_t at; (at = jwks.find(",\"kid\":\"")) != std::string::npos;)
        jwks.erase(at, jwks.find('"', at + 8) + 1 - at);
    return jwks;
}

TEST(VerifyKeys, AllowsOnlyTheIssuersAlgorithms) {
    Issuers issuers;
    issuers[0].algorithms = {};
    issuers[0].algorithms.add(Algorithm::es256);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(es())), Reason::allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(rs())), Reason::algorithm_not_allowed);
}

TEST(VerifyKeys, NeverUsesAPublicKeyAsASecret) {
    Issuers issuers;
    issuers[0].algorithms.add(Algorithm::hs256); // even then
    for (const std::string& secret : {to_public_pem(rs()), to_public_jwk(rs())}) {
        const std::string token =
            TokenBuilder()
                .header("alg", "\"HS256\"")
                .header("kid", "\"rsa-a\"")
                .sign(*jose::parse_private_key(R"({"kty":"oct","alg":"HS256","k":")" +
                                               jose::encode_base64url(secret) + "\"}"));
        EXPECT_EQ(issuers.reason_of(token), Reason::unknown_key);
    }
}

TEST(VerifyKeys, UsesTheKeyOfTheIssuerThatTheTokenNames) {
    Issuers issuers;
    EXPECT_EQ(issuers.reason_of(TokenBuilder()
                                    .claim("iss", "\"https://b.example\"")
                                    .header("kid", "\"rsa-a\"")
                                    .sign(rs('b'))),
              Reason::allowed);
    // The same kid, but the key is the other issuer's.
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"rsa-a\"").sign(rs('b'))),
              Reason::bad_signature);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().claim("iss", "\"https://b.example\"").sign(rs())),
              Reason::bad_signature);
}

TEST(VerifyKeys, DoesNotLookForAKeyElsewhereInTheToken) {
    Issuers issuers;
    for (const char* name : {"jwk", "jku", "x5u", "x5c"}) {
        const std::string value =
            name == std::string("jwk") ? to_public_jwk(es('b')) : "\"http://127.0.0.1:1/\"";
        EXPECT_EQ(issuers.reason_of(
                      TokenBuilder().header("kid", "\"p256-a\"").header(name, value).sign(es('b'))),
                  Reason::bad_signature)
            << name;
        EXPECT_EQ(issuers.reason_of(TokenBuilder().header(name, value).sign(es())), Reason::allowed)
            << name;
    }
}

TEST(VerifyKeys, DoesNotKnowAKeyOfAnotherNameOrType) {
    Issuers issuers;
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(es('b'))), Reason::unknown_key);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"rsa-a\"").sign(es())),
              Reason::unknown_key);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"P256-A\"").sign(es())),
              Reason::unknown_key);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(test_key(Algorithm::rs512))),
              Reason::unknown_key)
        << "its alg is RS256";
}

TEST(VerifyKeys, TriesAFewKeysForATokenThatNamesNone) {
    Issuers issuers;
    EXPECT_EQ(issuers.reason_of(TokenBuilder().no_header("kid").sign(es())), Reason::allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().no_header("kid").sign(es('b'))),
              Reason::bad_signature);

    // The fifth key that would fit is not tried.
    std::string jwks = R"({"keys":[)";
    std::vector<jose::PrivateKey> keys;
    for (int i = 0; i < 5; ++i) {
        keys.push_back(*jose::generate_private_key(Algorithm::es256));
        jwks += (i ? "," : "") + to_public_jwk(keys.back());
    }
    issuers.set_keys(0, jwks + "]}");
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(issuers.reason_of(TokenBuilder().no_header("kid").sign(keys[i])),
                  i < 4 ? Reason::allowed : Reason::bad_signature)
            << i;
}

TEST(VerifyKeys, TriesKeysWithoutANameForAnyToken) {
    Issuers issuers;
    issuers.set_keys(0, without_kids(support::public_jwks({&es(), &es('b')})));
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"whatever\"").sign(es('b'))),
              Reason::allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"\"").sign(es('b'))),
              Reason::allowed);
}

TEST(VerifyKeys, TellsKeysOfOneNameByTheirType) {
    Issuers issuers;
    std::string jwks = support::public_jwks({&rs(), &es()});
    jwks.replace(jwks.find("p256-a"), 6, "rsa-a");
    issuers.set_keys(0, jwks);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(rs())), Reason::allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("kid", "\"rsa-a\"").sign(es())),
              Reason::allowed);
}

TEST(VerifyKeys, VerifiesWithASecretOnlyWhereOneIsConfigured) {
    Issuers issuers;
    issuers.add("s", "https://s.example", "");
    const jose::PrivateKey& key = test_key(Algorithm::hs256);
    issuers[2].keys = *jose::make_secret_key(support::secret_bytes(key));
    issuers[2].algorithms = {};
    issuers[2].algorithms.add(Algorithm::hs256);
    const std::string token = TokenBuilder().claim("iss", "\"https://s.example\"").sign(key);
    EXPECT_EQ(issuers.reason_of(token), Reason::allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().sign(key)), Reason::algorithm_not_allowed);
}

TEST(VerifyKeys, AsksForAnUnknownKeyOnceTheCoolDownIsOver) {
    Issuers issuers;
    const std::string token = TokenBuilder().claim("iss", "\"https://b.example\"").sign(es('b'));
    issuers[1].refetchable = true;
    issuers[1].next_fetch = support::test_now;
    const Verdict wanted = issuers.verify(token);
    ASSERT_TRUE(std::holds_alternative<KeyWanted>(wanted));
    EXPECT_EQ(std::get<KeyWanted>(wanted).issuer, 1u);

    EXPECT_EQ(std::get<Reason>(issuers.verify(token, false)), Reason::unknown_key);
    issuers[1].next_fetch = support::test_now + std::chrono::milliseconds(1);
    EXPECT_EQ(std::get<Reason>(issuers.verify(token)), Reason::unknown_key);
    issuers[1].next_fetch = {};
    issuers[1].refetchable = false;
    EXPECT_EQ(std::get<Reason>(issuers.verify(token)), Reason::unknown_key);
}

TEST(VerifyKeys, DoesNotAskForAKeyThatItHas) {
    Issuers issuers;
    issuers[0].refetchable = true;
    const std::string forged = TokenBuilder().header("kid", "\"p256-a\"").sign(es('b'));
    EXPECT_EQ(issuers.reason_of(forged), Reason::bad_signature);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("alg", "\"none\"").sign(es('b'))),
              Reason::algorithm_not_allowed);
}

TEST(VerifyKeys, AsksWhenNoKeyOfATokenWithoutNameFits) {
    // A provider without kids has rotated, or somebody forges: one bounded fetch tells.
    Issuers issuers;
    issuers[0].refetchable = true;
    const std::string token = TokenBuilder().no_header("kid").sign(es('b'));
    EXPECT_TRUE(std::holds_alternative<KeyWanted>(issuers.verify(token)));
    EXPECT_EQ(std::get<Reason>(issuers.verify(token, false)), Reason::bad_signature);
}

TEST(VerifyKeys, SaysWhenTheKeysWereNeverHad) {
    Issuers issuers;
    issuers[0].keys_known = false;
    issuers.set_keys(0, "");
    const std::string token = TokenBuilder().sign(es());
    EXPECT_EQ(std::get<Reason>(issuers.verify(token)), Reason::keys_unavailable);
    issuers[0].refetchable = true;
    EXPECT_TRUE(std::holds_alternative<KeyWanted>(issuers.verify(token)));
    EXPECT_EQ(std::get<Reason>(issuers.verify(token, false)), Reason::keys_unavailable);
}

} // namespace
} // namespace policy::token
