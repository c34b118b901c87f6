#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/time.hpp"
#include "gateway/cli/token_inspect.hpp"
#include "gateway/cli/token_sign.hpp"
#include "policy/jose/private_key.hpp"
#include "policy/token/inspect.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

namespace gateway::cli {
namespace {

constexpr policy::TimePoint now{std::chrono::seconds(1795507200)}; // 2026-11-24 08:00:00 UTC

class TokenCommand : public testing::Test {
protected:
    TokenCommand() {
        const auto key =
            policy::jose::generate_private_key(policy::jose::Algorithm::es256, "test-key");
        key_file = testing::TempDir() + "claimgate_token_key_" +
                   testing::UnitTest::GetInstance()->current_test_info()->name();
        std::ofstream(key_file) << policy::jose::to_jwk(*key);
        sign.key = key_file;
    }
    std::string signed_token() {
        EXPECT_EQ(sign_token(sign, now, console), exit_code::good) << err.str();
        std::string token = out.str();
        out.str("");
        token.pop_back(); // the line's end
        return token;
    }
    std::string claims() { return policy::token::parse_unverified(signed_token())->claims_text; }

    std::istringstream in;
    std::ostringstream out, err;
    Console console{in, out, err};
    std::string key_file;
    SignOptions sign;
};

TEST_F(TokenCommand, SignsTheRegisteredClaims) {
    sign.issuer = "https://id.example";
    sign.subject = "ada";
    sign.audiences = {"api"};
    sign.lifetime = 60;
    EXPECT_EQ(claims(), R"({"iss":"https://id.example","sub":"ada","aud":"api",)"
                        R"("iat":1795507200,"exp":1795507260})");
}

TEST_F(TokenCommand, TakesSeveralAudiencesAsAnArray) {
    sign.audiences = {"a", "b"};
    EXPECT_NE(claims().find(R"("aud":["a","b"])"), std::string::npos);
}

TEST_F(TokenCommand, AddsClaimsFromAnObjectAndFromPairs) {
    sign.claims = R"({"realm_access": {"roles": ["admin"]}, "exp": 5})";
    sign.claim_list = {"scope=orders:read orders:write", "level=3", "tags=[\"x\"]", "id=\"3\""};
    EXPECT_EQ(claims(), R"({"iat":1795507200,"exp":5,"realm_access":{"roles":["admin"]},)"
                        R"("scope":"orders:read orders:write","level":3,"tags":["x"],"id":"3"})");
}

TEST_F(TokenCommand, NamesItsKeyAndTypeInTheHeader) {
    sign.type = "at+jwt";
    const auto token = policy::token::parse_unverified(signed_token());
    ASSERT_TRUE(token.has_value());
    EXPECT_EQ(token->header.root().find("kid")->text(), "test-key");
    EXPECT_EQ(token->header.root().find("alg")->text(), "ES256");
    EXPECT_EQ(token->header.root().find("typ")->text(), "at+jwt");
}

TEST_F(TokenCommand, RefusesToSignNonsense) {
    const auto refused = [&](SignOptions options) {
        err.str("");
        EXPECT_EQ(sign_token(options, now, console), exit_code::usage);
        EXPECT_EQ(out.str(), "");
        return err.str();
    };
    SignOptions options = sign;
    options.claims = "[1]";
    EXPECT_NE(refused(options).find("--claims wants a JSON object"), std::string::npos);
    options = sign;
    options.claim_list = {"no-value"};
    EXPECT_NE(refused(options).find("--claim wants NAME=VALUE"), std::string::npos);
    options = sign;
    options.algorithm = "none";
    EXPECT_NE(refused(options).find("unknown algorithm none"), std::string::npos);
    options = sign;
    options.algorithm = "RS256";
    EXPECT_NE(refused(options).find(key_file), std::string::npos);
    options = sign;
    options.key = "/no/such/key";
    EXPECT_NE(refused(options).find("cannot read"), std::string::npos);
}

TEST_F(TokenCommand, InspectsATokenInWords) {
    sign.subject = "ada";
    InspectOptions inspect{.token = signed_token()};
    EXPECT_EQ(inspect_token(inspect, now + std::chrono::minutes(3), console), exit_code::good);
    EXPECT_NE(out.str().find("sub  \"ada\""), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("exp  1795507800   2026-11-24 08:10:00 UTC, in 7 minutes"),
              std::string::npos)
        << out.str();
    EXPECT_NE(out.str().find("not verified"), std::string::npos);
}

TEST_F(TokenCommand, InspectsATokenForPrograms) {
    sign.subject = "ada";
    InspectOptions inspect{.token = signed_token(), .json = true};
    EXPECT_EQ(inspect_token(inspect, now, console), exit_code::good);
    const auto shown = policy::parse_json(out.str());
    ASSERT_TRUE(shown.has_value());
    EXPECT_FALSE(shown->root().find("verified")->boolean());
    EXPECT_EQ(shown->root().find("claims")->find("sub")->text(), "ada");
    EXPECT_EQ(shown->root().find("signature_bytes")->number().integer, 64);
}

TEST_F(TokenCommand, SaysThatATokenIsNoToken) {
    InspectOptions inspect{.token = "not.a.token"};
    EXPECT_EQ(inspect_token(inspect, now, console), exit_code::no);
    EXPECT_NE(err.str().find("token_malformed"), std::string::npos) << err.str();
}

} // namespace
} // namespace gateway::cli
