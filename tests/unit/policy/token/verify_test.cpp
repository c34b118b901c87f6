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

TEST(Verify, ProvesAGoodToken) {
    Issuers issuers;
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
        const std::string token =
            TokenBuilder().header("typ", "\"at+jwt\"").sign(test_key(algorithm));
        const Verdict verdict = issuers.verify(token);
        const Verified* verified = std::get_if<Verified>(&verdict);
        ASSERT_TRUE(verified) << to_string(algorithm);
        EXPECT_FALSE(verified->cached);
        EXPECT_EQ(verified->issuer, &issuers[0]);
        EXPECT_EQ(verified->proof->token, token);
        EXPECT_EQ(verified->proof->issuer_name, "a");
        EXPECT_EQ(verified->proof->header.algorithm, algorithm);
        EXPECT_EQ(verified->proof->header.type, "at+jwt");
        EXPECT_EQ(verified->proof->claims.subject, "ada");
        EXPECT_TRUE(issuers[0].keys.find(verified->proof->key));
    }
}

TEST(Verify, RefusesOtherForms) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    const std::size_t first = token.find('.'), second = token.rfind('.');
    const std::string header = token.substr(0, first),
                      payload = token.substr(first + 1, second - first - 1),
                      signature = token.substr(second + 1);
    const std::string forms[] = {"",
                                 ".",
                                 "..",
                                 header,
                                 header + '.' + payload,
                                 header + '.' + payload + '.',
                                 header + '.' + payload + "..",
                                 token + '.',
                                 token + ".x",
                                 '.' + payload + '.' + signature,
                                 header + ".." + signature,
                                 token + ".a.b",
                                 R"({"payload":")" + payload + R"(","signatures":[]})",
                                 "{\" " + header + '.' + payload +
                                     R"(.":"x","protected":"","payload":"","signature":"")" +
                                     signature + "\"}"};
    for (const std::string& form : forms)
        EXPECT_EQ(issuers.reason_of(form), Reason::token_malformed) << form;
}

TEST(Verify, RefusesLooseBase64InEachPart) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    const std::size_t first = token.find('.'), second = token.rfind('.');
    using namespace std::string_literals;
    for (const std::size_t end : {first, second, token.size()})
        for (const std::string& junk :
             {"="s, "=="s, " "s, "\t"s, "\r\n"s, "%3D"s, "\0"s, "?"s, "+"s, "/"s, "\x80"s}) {
            std::string loose = token;
            loose.insert(end, junk);
            EXPECT_EQ(issuers.reason_of(loose), Reason::token_malformed) << loose;
            loose = token;
            loose.replace(end - junk.size(), junk.size(), junk);
            EXPECT_EQ(issuers.reason_of(loose), Reason::token_malformed) << loose;
        }
}

TEST(Verify, RefusesASecondSpellingOfTheSameSignature) {
    Issuers issuers;
    std::string token =
        TokenBuilder().sign(es()); // 64 bytes: the last character carries four spare bits
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    const std::size_t value = alphabet.find(token.back());
    for (std::size_t spare = 1; spare < 16; ++spare) {
        token.back() = alphabet[value + spare];
        EXPECT_EQ(issuers.reason_of(token), Reason::token_malformed) << spare;
    }
}

TEST(Verify, KeepsItsSizeLimitsExactly) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    const auto with_limit = [&](std::size_t limit) {
        ProofCache none(0, 0);
        return verify(token, issuers.all(), none, support::test_now, limit, true);
    };
    EXPECT_TRUE(std::holds_alternative<Verified>(with_limit(token.size())));
    EXPECT_EQ(std::get<Reason>(with_limit(token.size() - 1)), Reason::token_too_large);
    EXPECT_EQ(issuers.reason_of(std::string(8193, 'a')), Reason::token_too_large);
    EXPECT_EQ(issuers.reason_of(std::string(1 << 20, 'a')), Reason::token_too_large);
}

TEST(Verify, HasACapAboveWhatTheConfigurationSays) {
    Issuers issuers;
    const auto reason = [&](std::size_t size) {
        const std::string token =
            TokenBuilder().claim("pad", '"' + std::string(size, 'x') + '"').sign(es());
        const Verdict verdict = verify(token, issuers.all(), issuers.cache, support::test_now,
                                       std::size_t{1} << 30, true);
        return std::holds_alternative<Verified>(verdict) ? Reason::allowed
                                                         : std::get<Reason>(verdict);
    };
    EXPECT_EQ(reason(20000), Reason::allowed);
    EXPECT_EQ(reason(26000), Reason::token_too_large);
}

TEST(Verify, RefusesAHeaderThatIsMostOfTheToken) {
    Issuers issuers;
    const auto padded = [](std::size_t size) {
        return TokenBuilder().header("pad", '"' + std::string(size, 'x') + '"').sign(es());
    };
    EXPECT_EQ(issuers.reason_of(padded(1400)), Reason::allowed);
    EXPECT_EQ(issuers.reason_of(padded(1600)), Reason::token_malformed);
}

TEST(Verify, SaysWhatIsWrongWithTheHeader) {
    Issuers issuers;
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("crit", "[\"x\"]").sign(es())),
              Reason::token_critical);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("alg", "\"none\"").sign(es())),
              Reason::algorithm_not_allowed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header("alg", "null").sign(es())),
              Reason::token_malformed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header_text("[]").sign(es())),
              Reason::token_malformed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().payload("[]").sign(es())), Reason::token_malformed);
    EXPECT_EQ(issuers.reason_of(TokenBuilder().payload("").sign(es())), Reason::token_malformed);
}

TEST(Verify, RefusesUnsignedTokensWithAnySignature) {
    Issuers issuers;
    const std::string good = TokenBuilder().sign(es());
    for (const char* none : {"\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\"none \""}) {
        const std::string text = TokenBuilder().header("alg", none).signed_text(es());
        EXPECT_EQ(issuers.reason_of(text + '.'), Reason::token_malformed);
        EXPECT_EQ(issuers.reason_of(text + good.substr(good.rfind('.'))),
                  Reason::algorithm_not_allowed);
    }
}

TEST(Verify, BelievesOnlyTheExactIssuer) {
    Issuers issuers;
    for (const char* iss :
         {"\"https://a.example/\"", "\"HTTPS://A.EXAMPLE\"", "\"https://a.exampl\"",
          "\"https://a.example.evil\"", "\" https://a.example\"", "\"https://\\u0430.example\"",
          "\"\"", "null", "1", R"(["https://a.example","https://b.example"])",
          R"(["https://a.example"])", "{}"})
        EXPECT_EQ(issuers.reason_of(TokenBuilder().claim("iss", iss).sign(es())),
                  Reason::unknown_issuer)
            << iss;
    EXPECT_EQ(issuers.reason_of(TokenBuilder().no_claim("iss").sign(es())), Reason::unknown_issuer);
    EXPECT_EQ(
        issuers.reason_of(TokenBuilder().claim("iss", "\"https://a.example\\u0000\"").sign(es())),
        Reason::token_malformed);
}

TEST(Verify, RefusesABadSignature) {
    Issuers issuers;
    const std::string token = TokenBuilder().sign(es());
    const std::string other = TokenBuilder().claim("sub", "\"eve\"").sign(es());
    EXPECT_EQ(issuers.reason_of(support::with_signature(token, support::signature_of(other))),
              Reason::bad_signature);
    for (const std::string& signature :
         {std::string(64, '\0'), std::string(1, 'x'), std::string(768, 'x'), std::string(769, 'x')})
        EXPECT_EQ(issuers.reason_of(support::with_signature(token, signature)),
                  Reason::bad_signature);
    EXPECT_EQ(issuers.cache.size(), 0u) << "what is not proven is not kept";
}

TEST(Verify, TakesWhiteSpaceInsideTheJson) {
    Issuers issuers;
    const std::string header = "{ \"alg\" : \"ES256\" ,\n\t\"kid\":\"p256-a\" }\r\n";
    EXPECT_EQ(issuers.reason_of(TokenBuilder().header_text(header).sign(es())), Reason::allowed);
}

TEST(Verify, GivesEveryFileOfTheJsonSuiteThatIsNoObjectNoChance) {
    Issuers issuers;
    for (const char* file :
         {"n_structure_no_data.json", "n_object_trailing_comma.json",
          "i_string_UTF-8_invalid_sequence.json", "i_structure_UTF-8_BOM_empty_object.json",
          "n_multidigit_number_then_00.json", "y_object_duplicated_key.json",
          "i_number_huge_exp.json", "n_structure_null-byte-outside-string.json"}) {
        const std::string bytes =
            support::read_data(std::string("jsontestsuite/test_parsing/") + file);
        EXPECT_EQ(issuers.reason_of(TokenBuilder().payload(bytes).sign(es())),
                  Reason::token_malformed)
            << file;
        EXPECT_EQ(issuers.reason_of(TokenBuilder().header_text(bytes).sign(es())),
                  Reason::token_malformed)
            << file;
    }
}

} // namespace
} // namespace policy::token
