#include "policy/rule/grants.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

bool granted(const char* claims, const char* scope) {
    std::string error;
    const std::vector<ClaimPath> places = {*parse_claim_path("scope", error),
                                           *parse_claim_path("scp", error)};
    return has_scope(*parse_json(claims), places, scope);
}

bool held(const char* claims, const char* name) {
    std::string error;
    const std::vector<ClaimPath> places = {*parse_claim_path("roles", error),
                                           *parse_claim_path("realm_access.roles", error)};
    return is_held(*parse_json(claims), places, name);
}

TEST(Scopes, MatchWholeTokensOnly) {
    // J146
    EXPECT_TRUE(granted(R"({"scope":"orders:read"})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scope":"a orders:read b"})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scope":"a  orders:read  orders:read"})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scope":["a","orders:read"]})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scp":["orders:read"]})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scp":"orders:read x"})", "orders:read"));
    EXPECT_TRUE(granted(R"({"scope":"x","scp":["orders:read"]})", "orders:read"));

    EXPECT_FALSE(granted(R"({"scope":"orders:readwrite"})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":"xorders:read"})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":"Orders:read"})", "orders:read"));
    EXPECT_FALSE(granted("{\"scope\":\"a\xc2\xa0orders:read\"}", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":"a\torders:read"})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":["orders:read x"]})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":[["orders:read"]]})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":{"orders:read":true}})", "orders:read"));
    EXPECT_FALSE(granted(R"({"scope":"a  b"})", ""));
    EXPECT_FALSE(granted(R"({"scope":null})", "null"));
    EXPECT_FALSE(granted(R"({})", "orders:read"));
    EXPECT_FALSE(granted(R"({"permissions":["orders:read"]})", "orders:read"));
}

TEST(Roles, AreTakenFromEveryPlaceOfTheirIssuer) {
    EXPECT_TRUE(held(R"({"roles":["a","b"]})", "b"));
    EXPECT_TRUE(held(R"({"roles":"a b"})", "b"));
    EXPECT_TRUE(held(R"({"realm_access":{"roles":["b"]}})", "b"));
    EXPECT_TRUE(held(R"({"roles":["a"],"realm_access":{"roles":["b"]}})", "b"));
    EXPECT_TRUE(held(R"({"roles":{"b":{"org":"x"}}})", "b"));
    EXPECT_FALSE(held(R"({"roles":["ab"]})", "b"));
    EXPECT_FALSE(held(R"({"roles":[5]})", "5"));
    EXPECT_FALSE(held(R"({"roles":5})", "5"));
    EXPECT_FALSE(held(R"({"roles":{"a":"b"}})", "b"));
    EXPECT_FALSE(held(R"({"groups":["b"]})", "b"));
    EXPECT_FALSE(held(R"({"realm_access":["b"]})", "b"));
}

} // namespace
} // namespace policy::rule
