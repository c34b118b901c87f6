#include "policy/token/claims.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

Claims claims_of(const std::string& members) {
    auto claims = parse_claims('{' + members + '}', {});
    EXPECT_TRUE(claims) << members;
    return claims ? *std::move(claims) : Claims{};
}

TEST(Claims, ReadsTheRegisteredOnes) {
    const Claims claims = claims_of(
        R"("iss":"https://a.example","sub":"ada","jti":"1","azp":"app","exp":3,"nbf":1,"iat":2,
                                       "auth_time":0,"aud":["x"],"own":{"a":1})");
    EXPECT_EQ(claims.issuer, "https://a.example");
    EXPECT_EQ(claims.subject, "ada");
    EXPECT_EQ(claims.id, "1");
    EXPECT_EQ(claims.client, "app");
    EXPECT_EQ(claims.expires, 3);
    EXPECT_EQ(claims.not_before, 1);
    EXPECT_EQ(claims.issued_at, 2);
    EXPECT_EQ(claims.authenticated, 0);
    EXPECT_EQ(claims.defect, Reason::allowed);
    EXPECT_TRUE(claims.document.root().find("own"));
}

TEST(Claims, LeavesOutWhatIsMissingOrNoString) {
    for (const char* members : {"", R"("iss":1,"sub":42,"jti":null,"azp":["a"])",
                                R"("ISS":"a","Sub":"b","JTI":"c","AZP":"d")"}) {
        const Claims claims = claims_of(members);
        EXPECT_EQ(claims.issuer, "") << members;
        EXPECT_FALSE(claims.subject || claims.id || claims.client || claims.expires) << members;
    }
    EXPECT_EQ(claims_of(R"("iss":["https://a.example","https://b.example"])").issuer, "");
}

TEST(Claims, FindsTheClientUnderTheNamesOfItsProviders) {
    EXPECT_EQ(claims_of(R"("client_id":"b","azp":"a")").client, "a");
    EXPECT_EQ(claims_of(R"("cid":"c","client_id":"b")").client, "b");
    EXPECT_EQ(claims_of(R"("appid":"d","cid":"c")").client, "c");
    EXPECT_EQ(claims_of(R"("appid":"d","azp":1)").client, "d");
}

TEST(Claims, RoundsTimesToTheStricterSide) {
    const Claims claims = claims_of(R"("exp":1999999999.9,"nbf":1.1,"iat":2.9,"auth_time":3.9)");
    EXPECT_EQ(claims.expires, 1999999999);
    EXPECT_EQ(claims.not_before, 2);
    EXPECT_EQ(claims.issued_at, 2);
    EXPECT_EQ(claims.authenticated, 3);
    EXPECT_EQ(claims_of(R"("exp":1E10)").expires, 10000000000);
    EXPECT_EQ(claims_of(R"("exp":1.5e9)").expires, 1500000000);
    EXPECT_EQ(claims_of(R"("exp":-0)").expires, 0);
    EXPECT_EQ(claims_of(R"("exp":9007199254740992)").expires, 9007199254740992);
}

TEST(Claims, RemembersATimeThatIsNone) {
    for (const char* name : {"exp", "nbf", "iat", "auth_time"})
        for (const char* json : {"null", "\"1999999999\"", "true", "[1]", "{}", "\"\"", "-1",
                                 "-0.5e1", "9007199254740993", "9223372036854775807",
                                 "9223372036854775808", "18446744073709551616", "1e18", "1e308"}) {
            const Claims claims = claims_of('"' + std::string(name) + "\":" + json);
            EXPECT_EQ(claims.defect, Reason::claim_missing) << name << ' ' << json;
            EXPECT_FALSE(claims.expires || claims.not_before || claims.issued_at ||
                         claims.authenticated);
        }
}

TEST(Claims, RefusesWhatIsNoStrictObject) {
    using namespace std::string_literals;
    for (const std::string& json :
         {"[]"s, "\"x\""s, "1"s, "null"s, ""s, R"({"sub":"a","sub":"b"})"s,
          R"({"exp":1,"\u0065xp":2})"s, R"({"a":{"b":1,"b":2}})"s, R"({"sub":"admin\u0000x"})"s,
          R"({"exp\u0000":1})"s, "{\"exp\":1}\0{\"exp\":9}"s, "\xef\xbb\xbf{}"s,
          "{\"a\":\"\xff\xfe\"}"s, R"({"a":"\uDC00"})"s, R"({"a":1e400})"s, R"({"a":NaN})"s,
          "{\"a\":" + std::string(2000, '[')}) {
        const auto claims = parse_claims(json, {});
        ASSERT_FALSE(claims) << json;
        EXPECT_EQ(claims.error(), Reason::token_malformed) << json;
    }
}

TEST(Claims, RefusesTooManyMembers) {
    const auto many = [](int count) {
        std::string json = "{\"a0\":0";
        for (int i = 1; i < count; ++i) json += ",\"a" + std::to_string(i) + "\":0";
        return json + "}";
    };
    EXPECT_TRUE(parse_claims(many(256), {}));
    EXPECT_FALSE(parse_claims(many(257), {}));
}

TEST(Claims, KeepTheirViewsWhenMoved) {
    Claims claims = claims_of(R"("iss":"https://a.example","sub":"a long enough subject")");
    const Claims moved = std::move(claims);
    const JsonValue subject = *moved.document.root().find("sub");
    EXPECT_EQ(moved.subject->data(), subject.text().data());
    EXPECT_EQ(moved.issuer, "https://a.example");
}

} // namespace
} // namespace policy::token
