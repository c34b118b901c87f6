// A proof that is kept counts only while everything that made it still holds.

#include "policy/token/validate.hpp"
#include "policy/token/verify.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/policy/token/issuers.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

using jose::Algorithm;
using support::test_key;
using support::TokenBuilder;

const jose::PrivateKey& es() { return test_key(Algorithm::es256); }

bool is_cached(const Verdict& verdict) {
    const Verified* verified = std::get_if<Verified>(&verdict);
    return verified && verified->cached;
}

TEST(VerifyCached, AnswersTheSecondTimeFromTheCache) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    const Verdict first = issuers.verify(token), second = issuers.verify(token);
    EXPECT_FALSE(is_cached(first));
    ASSERT_TRUE(is_cached(second));
    EXPECT_EQ(std::get<Verified>(second).proof, std::get<Verified>(first).proof);
    EXPECT_EQ(std::get<Verified>(second).issuer, &issuers[0]);
}

TEST(VerifyCached, DoesNotKnowARelatedToken) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    std::string other = token;
    other[other.size() - 20] = other[other.size() - 20] == 'A' ? 'B' : 'A';
    EXPECT_EQ(issuers.reason_of(other), Reason::bad_signature);
    const std::string changed =
        TokenBuilder().claim("sub", "\"eve\"").signed_text(es()) + token.substr(token.rfind('.'));
    EXPECT_EQ(issuers.reason_of(changed), Reason::bad_signature);
    EXPECT_EQ(issuers.reason_of(token.substr(0, token.size() - 1)), Reason::token_malformed);
}

TEST(VerifyCached, ForgetsAProofWhoseKeyLeft) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers.set_keys(0, support::public_jwks({&test_key(Algorithm::rs256)}));
    EXPECT_EQ(issuers.reason_of(token), Reason::unknown_key);
    EXPECT_EQ(issuers.cache.size(), 0u);
}

TEST(VerifyCached, ForgetsAProofWhoseKeyWasReplacedUnderItsName) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    std::string jwks = support::public_jwks({&test_key(Algorithm::es256, 'b')});
    jwks.replace(jwks.find("p256-b"), 6, "p256-a");
    issuers.set_keys(0, jwks);
    EXPECT_EQ(issuers.reason_of(token), Reason::bad_signature);
}

TEST(VerifyCached, ForgetsAProofWhoseKeyIsNowForAnotherAlgorithm) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(test_key(Algorithm::rs256));
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers.set_keys(0, support::public_jwks({&test_key(Algorithm::ps256)}));
    EXPECT_EQ(issuers.reason_of(token), Reason::unknown_key);
}

TEST(VerifyCached, KeepsAProofWhoseSetWasFetchedAgain) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers.set_keys(0, support::public_jwks({&test_key(Algorithm::rs256, 'b'), &es()}));
    EXPECT_TRUE(is_cached(issuers.verify(token)));
}

TEST(VerifyCached, ForgetsAProofOfAnAlgorithmThatWasTakenAway) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers[0].algorithms = {};
    issuers[0].algorithms.add(Algorithm::rs256);
    EXPECT_EQ(issuers.reason_of(token), Reason::algorithm_not_allowed);
}

TEST(VerifyCached, ForgetsAProofOfAnIssuerThatIsGoneOrRenamed) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers.settings(0).issuer = "https://other.example";
    EXPECT_EQ(issuers.reason_of(token), Reason::unknown_issuer);
    issuers.settings(0).issuer = "https://a.example";
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    const Verdict without = verify(token, {}, issuers.cache, support::test_now, 8192, true);
    EXPECT_EQ(std::get<Reason>(without), Reason::unknown_issuer);
}

TEST(VerifyCached, IsJudgedByTheClockOfEachUse) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es()); // good for five minutes
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    const Verdict cached = issuers.verify(token);
    const Verified& verified = std::get<Verified>(cached);
    using std::chrono::seconds;
    EXPECT_EQ(validate(*verified.proof, *verified.issuer, support::test_now), Reason::allowed);
    EXPECT_EQ(validate(*verified.proof, *verified.issuer, support::test_now + seconds(330)),
              Reason::token_expired);
    EXPECT_EQ(validate(*verified.proof, *verified.issuer, support::test_now - seconds(91)),
              Reason::token_issued_in_future);
}

TEST(VerifyCached, IsJudgedByTheSettingsOfEachUse) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    issuers.settings(0).audiences = {"api://other"};
    const Verdict cached = issuers.verify(token);
    ASSERT_TRUE(is_cached(cached));
    const Verified& verified = std::get<Verified>(cached);
    EXPECT_EQ(validate(*verified.proof, *verified.issuer, support::test_now), Reason::bad_audience);
}

TEST(VerifyCached, DoesNotRememberARefusal) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(test_key(Algorithm::es256, 'b'));
    EXPECT_EQ(issuers.reason_of(token), Reason::unknown_key);
    issuers.set_keys(0, support::public_jwks({&test_key(Algorithm::es256, 'b')}));
    EXPECT_EQ(issuers.reason_of(token), Reason::allowed);
}

TEST(VerifyCached, DoesNotGrowByTokensThatAreNotProven) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    for (int i = 0; i < 200; ++i) {
        std::string signature = support::signature_of(token);
        signature[static_cast<std::size_t>(i) % 64] = static_cast<char>(i);
        issuers.reason_of(support::with_signature(token, signature));
    }
    EXPECT_LE(issuers.cache.size(), 1u);
}

} // namespace
} // namespace policy::token
