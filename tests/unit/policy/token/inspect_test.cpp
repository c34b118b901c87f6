#include "policy/jose/base64url.hpp"
#include "policy/token/inspect.hpp"
#include "tests/support/token_builder.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

TEST(Inspect, ShowsWhatATokenSaysWithoutBelievingIt) {
    const auto& key = support::test_key(jose::Algorithm::es256);
    const std::string token =
        support::TokenBuilder().header("crit", "[\"x\"]").claim("exp", "\"never\"").sign(key);
    const auto shown = parse_unverified(support::with_signature(token, "forged"));
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->header.root().find("kid")->text(), "p256-a");
    EXPECT_EQ(shown->claims.root().find("exp")->text(), "never");
    EXPECT_EQ(shown->signature_size, 6u);
    EXPECT_TRUE(shown->claims_text.starts_with("{\"iss\""));
    EXPECT_TRUE(shown->header_text.starts_with("{\"alg\""));
}

TEST(Inspect, ShowsAnUnsignedToken) {
    const auto shown = parse_unverified(jose::encode_base64url(R"({"alg":"none"})") + '.' +
                                        jose::encode_base64url("{}") + '.');
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->signature_size, 0u);
}

TEST(Inspect, RefusesWhatHasNothingToShow) {
    const std::string object = jose::encode_base64url("{}"), array = jose::encode_base64url("[]");
    for (const std::string& token :
         {std::string(), std::string("."), std::string(".."), object + '.' + object,
          object + '.' + array + '.', array + '.' + object + '.',
          object + '.' + object + ".=", object + '.' + object + ".AA.AA.AA"})
        EXPECT_EQ(parse_unverified(token).error(), Reason::token_malformed) << token;
    EXPECT_EQ(parse_unverified(std::string(32 * 1024 + 1, 'a')).error(), Reason::token_too_large);
}

} // namespace
} // namespace policy::token
