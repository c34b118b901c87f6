#include "policy/token/claims.hpp"
#include "policy/token/validate.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

constexpr std::int64_t now = 1'700'000'000;
constexpr TimePoint now_time{std::chrono::seconds{now}};

struct Setting {
    config::Issuer settings;
    Issuer issuer;

    Setting() {
        settings.audiences = {"api://gw"};
        settings.leeway = std::chrono::seconds(30);
        issuer.settings = &settings;
    }
    Reason reason(const std::string& members, std::optional<std::string> type = {},
                  TimePoint at = now_time) const {
        Proof proof;
        proof.header.type = std::move(type);
        proof.claims = *parse_claims('{' + members + '}', {});
        return validate(proof, issuer, at);
    }
    /// With a good audience and expiry, and these members besides.
    Reason with(const std::string& members, std::optional<std::string> type = {}) const {
        return reason(R"("aud":"api://gw","exp":)" + std::to_string(now + 300) +
                          (members.empty() ? "" : ",") + members,
                      std::move(type));
    }
    Reason with_exp(const std::string& exp) const {
        return reason(R"("aud":"api://gw","exp":)" + exp);
    }
    Reason with_aud(const std::string& aud) const {
        return reason(R"("exp":1700000300,"aud":)" + aud);
    }
};

std::string at(const char* name, std::int64_t seconds) {
    return '"' + std::string(name) + "\":" + std::to_string(seconds);
}

TEST(Validate, AllowsWhatIsGoodNow) { EXPECT_EQ(Setting().with(""), Reason::allowed); }

TEST(Validate, EndsATokenAtItsExpiryAndTheLeeway) {
    const Setting setting;
    EXPECT_EQ(setting.with_exp(std::to_string(now + 1)), Reason::allowed);
    EXPECT_EQ(setting.with_exp(std::to_string(now)), Reason::allowed);
    EXPECT_EQ(setting.with_exp(std::to_string(now - 29)), Reason::allowed);
    EXPECT_EQ(setting.with_exp(std::to_string(now - 30)), Reason::token_expired);
    EXPECT_EQ(setting.with_exp(std::to_string(now - 31)), Reason::token_expired);
    EXPECT_EQ(setting.with_exp("0"), Reason::token_expired);
    EXPECT_EQ(setting.with_exp("-0"), Reason::token_expired);
    EXPECT_EQ(setting.with_exp("1.5e9"), Reason::token_expired);
    EXPECT_EQ(setting.with_exp("17000003e2"), Reason::allowed);
    const auto millisecond = [&](int offset) {
        return setting.reason(R"("aud":"api://gw",)" + at("exp", now - 30), {},
                              now_time + std::chrono::milliseconds(offset));
    };
    EXPECT_EQ(millisecond(-1), Reason::allowed);
    EXPECT_EQ(millisecond(0), Reason::token_expired);
}

TEST(Validate, WantsAnExpiryThatIsATime) {
    const Setting setting;
    EXPECT_EQ(setting.reason(R"("aud":"api://gw")"), Reason::claim_missing);
    for (const char* exp :
         {"null", "\"1999999999\"", "true", "[1]", "{}", "\"\"", "-1", "9007199254740993",
          "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e18", "1e308"})
        EXPECT_EQ(setting.with_exp(exp), Reason::claim_missing) << exp;
}

TEST(Validate, BoundsHowLongATokenMayLive) {
    Setting setting;
    EXPECT_EQ(setting.with_exp("2147483648"), Reason::token_lifetime) << "ten years by default";
    EXPECT_EQ(setting.with_exp("4294967296"), Reason::token_lifetime);
    EXPECT_EQ(setting.with_exp("9007199254740992"), Reason::token_lifetime);
    setting.settings.max_lifetime = std::chrono::seconds(300);
    EXPECT_EQ(setting.with_exp(std::to_string(now + 300)), Reason::allowed);
    EXPECT_EQ(setting.with_exp(std::to_string(now + 301)), Reason::token_lifetime);
}

TEST(Validate, WaitsForNotBeforeWithinTheLeeway) {
    const Setting setting;
    EXPECT_EQ(setting.with(at("nbf", now + 30)), Reason::allowed);
    EXPECT_EQ(setting.with(at("nbf", now + 31)), Reason::token_not_yet_valid);
    EXPECT_EQ(setting.with("\"nbf\":1700000030.1"), Reason::token_not_yet_valid);
    for (const char* nbf : {"\"1700000000\"", "null", "9223372036854775808"})
        EXPECT_EQ(setting.with("\"nbf\":" + std::string(nbf)), Reason::claim_missing) << nbf;
}

TEST(Validate, RefusesATokenFromTheFuture) {
    const Setting setting;
    EXPECT_EQ(setting.with(at("iat", now + 30)), Reason::allowed);
    EXPECT_EQ(setting.with(at("iat", now + 31)), Reason::token_issued_in_future);
    EXPECT_EQ(setting.with("\"iat\":\"now\""), Reason::claim_missing);
    EXPECT_EQ(
        setting.reason(R"("aud":"api://gw",)" + at("exp", now - 10) + ',' + at("iat", now - 9)),
        Reason::token_malformed);
}

TEST(Validate, FindsItsAudienceInAStringOrAnArray) {
    Setting setting;
    for (const char* aud :
         {"\"api://gw\"", R"(["api://gw"])", R"(["x","api://gw"])", R"(["api://gw","x"])"})
        EXPECT_EQ(setting.with_aud(aud), Reason::allowed) << aud;
    setting.settings.audiences = {"one", "two"};
    EXPECT_EQ(setting.with_aud("\"two\""), Reason::allowed);
}

TEST(Validate, RefusesEveryOtherAudience) {
    const Setting setting;
    for (const char* aud : {"\"\"", "[]", R"(["other"])", "\"api://gw \"", "\"API://GW\"",
                            "\"api://gw/x\"", "\"api://g\"", R"({"api://gw":1})", "null", "1",
                            R"(["api://gw",1])", R"([["api://gw"]])", R"([null,"api://gw"])"})
        EXPECT_EQ(setting.with_aud(aud), Reason::bad_audience) << aud;
    EXPECT_EQ(setting.reason(at("exp", now + 300)), Reason::bad_audience);
}

TEST(Validate, TakesAnyAudienceOnlyWhenToldTo) {
    Setting setting;
    setting.settings.audiences = {};
    EXPECT_EQ(setting.with(""), Reason::bad_audience);
    setting.settings.any_audience = true;
    EXPECT_EQ(setting.with(""), Reason::allowed);
    EXPECT_EQ(setting.reason(at("exp", now + 300)), Reason::allowed);
}

TEST(Validate, TakesWhatAccessTokensAreCalled) {
    const Setting setting;
    EXPECT_EQ(setting.with("", std::nullopt), Reason::allowed);
    for (const char* type : {"jwt", "at+jwt"})
        EXPECT_EQ(setting.with("", type), Reason::allowed) << type;
    for (const char* type :
         {"", "id+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "jwe", "text/jwt"})
        EXPECT_EQ(setting.with("", type), Reason::bad_type) << type;
}

TEST(Validate, TakesOnlyTheTypesThatTheIssuerLists) {
    Setting setting;
    setting.settings.types = {"at+jwt"};
    EXPECT_EQ(setting.with("", "at+jwt"), Reason::allowed);
    EXPECT_EQ(setting.with("", "jwt"), Reason::bad_type);
    EXPECT_EQ(setting.with("", std::nullopt), Reason::bad_type);
}

TEST(Validate, WantsEveryRequiredClaim) {
    Setting setting;
    setting.settings.required_claims = {{.name = "sub"}, {.name = "tenant"}};
    EXPECT_EQ(setting.with(R"("sub":"ada","tenant":0)"), Reason::allowed);
    for (const char* members : {"", R"("sub":"ada")", R"("sub":"ada","tenant":null)",
                                R"("sub":"ada","Tenant":1)", R"("sub":"ada","a":{"tenant":1})"})
        EXPECT_EQ(setting.with(members), Reason::claim_missing) << members;
}

TEST(Validate, RefusesATokenThatIsBoundToAKey) {
    for (const char* cnf : {R"({"jkt":"x"})", R"({"x5t#S256":"x"})", "{}", "null"})
        EXPECT_EQ(Setting().with("\"cnf\":" + std::string(cnf)), Reason::token_bound) << cnf;
}

} // namespace
} // namespace policy::token
