#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;

Issuer issuer_of(std::string_view members) {
    const Model model =
        model_of("issuers:\n  main:\n    issuer: https://id.example.com\n" + std::string(members));
    return model.issuers.empty() ? Issuer{} : model.issuers[0];
}

std::string report_for(std::string_view members, const test::Variables& variables = {}) {
    return report_of("issuers:\n  main:\n    issuer: https://id.example.com\n    audience: api\n" +
                         std::string(members),
                     variables);
}

TEST(Issuers, HaveDefaults) {
    const Issuer issuer = issuer_of("    audience: api\n");
    EXPECT_EQ(issuer.name, "main");
    EXPECT_EQ(issuer.at, (Position{2, 3}));
    EXPECT_EQ(issuer.issuer, "https://id.example.com");
    EXPECT_EQ(issuer.audiences, std::vector<std::string>{"api"});
    EXPECT_FALSE(issuer.any_audience);
    EXPECT_TRUE(issuer.algorithms.empty());
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::discover);
    EXPECT_EQ(issuer.leeway, std::chrono::seconds(30));
    EXPECT_EQ(issuer.roles, (std::vector<std::string>{"roles", "realm_access.roles"}));
    EXPECT_EQ(issuer.groups, std::vector<std::string>{"groups"});
}

TEST(Issuers, AreRead) {
    const Issuer issuer = issuer_of("    audience: [api, \"any\"]\n"
                                    "    algorithms: [RS256, ES256, EdDSA]\n"
                                    "    types: [JWT, application/at+jwt]\n"
                                    "    required_claims: [sub, jti]\n"
                                    "    leeway: 0s\n"
                                    "    max_lifetime: 1d\n"
                                    "    roles: realm_access.roles\n"
                                    "    groups: [groups, \"https://example.com/groups\"]\n");
    EXPECT_EQ(issuer.audiences, (std::vector<std::string>{"api", "any"}));
    EXPECT_FALSE(issuer.any_audience);
    EXPECT_EQ(issuer.algorithms, (std::vector<std::string>{"RS256", "ES256", "EdDSA"}));
    EXPECT_EQ(issuer.types, (std::vector<std::string>{"jwt", "at+jwt"}));
    EXPECT_EQ(issuer.required_claims,
              (std::vector<RequiredClaim>{{.name = "sub"}, {.name = "jti"}}));
    EXPECT_EQ(issuer.leeway, std::chrono::seconds(0));
    EXPECT_EQ(issuer.max_lifetime, std::chrono::hours(24));
    EXPECT_EQ(issuer.roles, std::vector<std::string>{"realm_access.roles"});
    EXPECT_EQ(issuer.groups, (std::vector<std::string>{"groups", "https://example.com/groups"}));
}

TEST(Issuers, MayHaveSeveralNames) {
    const Model model = model_of("issuers:\n  main:\n    audience: api\n"
                                 "    issuer: [https://id.example.com, id.example.com]\n");
    EXPECT_EQ(model.issuers[0].issuer, "https://id.example.com");
    EXPECT_EQ(model.issuers[0].other_issuers, std::vector<std::string>{"id.example.com"});
    EXPECT_EQ(report_of("issuers:\n"
                        "  a: { issuer: [https://a.example, https://b.example], audience: x }\n"
                        "  b: { issuer: https://b.example, audience: y }\n"),
              "3:3 the issuer `b` has the same `issuer` as `a` in line 2 "
              "(a token must belong to exactly one of them)\n");
}

TEST(RequiredClaims, MayNameTheValuesThatCount) {
    const Issuer issuer =
        issuer_of("    audience: api\n"
                  "    required_claims: [sub, { token_use: access, ver: [\"1\", \"2\"] }]\n");
    EXPECT_EQ(issuer.required_claims,
              (std::vector<RequiredClaim>{{.name = "sub"},
                                          {.name = "token_use", .values = {"access"}},
                                          {.name = "ver", .values = {"1", "2"}}}));
    EXPECT_EQ(report_for("    required_claims: [{ ver: 1.0 }, { ver: {} }]\n"),
              "5:44 expected a string or a list of strings, found a mapping\n");
}

TEST(Audience, IsRequiredAndAnyIsWarnedOf) {
    EXPECT_EQ(report_of("issuers: { main: { issuer: https://id.example.com } }\n"),
              "1:12 the issuer `main` needs `audience`\n");
    EXPECT_EQ(report_of("issuers: { main: { issuer: https://id.example.com, audience: any } }\n"),
              "1:62 [audience_any] tokens for every audience are accepted (name the audience of "
              "this API, so that "
              "tokens made for others are refused)\n");
    EXPECT_TRUE(issuer_of("    audience: any\n").any_audience);
    EXPECT_EQ(report_of("issuers: { main: { issuer: https://id.example.com, audience: [] } }\n"),
              "1:62 this list is empty (name at least one, or remove the key)\n");
    EXPECT_EQ(
        report_of("issuers: { main: { issuer: https://id.example.com, audience: { a: 1 } } }\n"),
        "1:62 expected a string or a list of strings, found a mapping\n");
}

TEST(Algorithms, AreAClosedList) {
    EXPECT_EQ(report_for("    algorithms: [none]\n"),
              "5:18 `none` is never accepted: such tokens have no signature (remove it)\n");
    EXPECT_EQ(report_for("    algorithms: [NONE, rs256]\n"),
              "5:18 `none` is never accepted: such tokens have no signature (remove it)\n"
              "5:24 expected `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, "
              "`ES384`, `ES512`, `EdDSA`, "
              "`Ed25519`, `Ed448`, `HS256`, `HS384` or `HS512`, found \"rs256\" (did you mean "
              "`RS256`?)\n");
    EXPECT_EQ(report_for("    algorithms: RS256\n"),
              "5:17 expected a list of algorithms, found \"RS256\" (write `[RS256]`)\n");
}

TEST(Algorithms, MatchTheKindOfKeys) {
    EXPECT_EQ(report_for("    algorithms: [RS256, HS256]\n"),
              "5:25 HS256 needs a secret, but `keys` gives none (write `keys: { secret: ${NAME} "
              "}`, or remove it)\n");
    EXPECT_EQ(report_for("    keys: { secret: \"${S}\" }\n    algorithms: [HS256, ES256]\n",
                         {{"S", std::string(32, 's')}}),
              "6:25 ES256 needs a public key, but `keys` gives a secret (use HS256, HS384 or HS512 "
              "here)\n");
}

TEST(Discovery, NeedsAnHttpsUrl) {
    const auto report_for_url = [](const std::string& url, const std::string& keys) {
        return report_of("issuers: { main: { audience: api, issuer: \"" + url +
                         "\", keys: " + keys + " } }\n");
    };
    const std::string hint =
        " (write the provider's URL, or say where the keys are: `keys: { jwks: URL }`)\n";
    EXPECT_EQ(report_for_url("shop", "discover"), "1:43 the keys cannot be discovered from this "
                                                  "issuer: it must begin with https:// or http://" +
                                                      hint);
    EXPECT_EQ(report_for_url("https://a?b", "discover"),
              "1:43 the keys cannot be discovered from this issuer: it holds a query" + hint);
    EXPECT_EQ(report_for_url("http://a", "{ discover: true }"),
              "1:43 keys are not fetched over http:// (use https://, or for tests `keys: { "
              "discover: true, allow_http: "
              "true }`)\n");
    EXPECT_EQ(report_for_url("http://a", "{ discover: true, allow_http: true }"), "");
    EXPECT_EQ(report_for_url("shop", "{ jwks: \"https://a/keys\" }"), "");
}

TEST(Leeway, IsAtMostFiveMinutes) {
    EXPECT_EQ(report_for("    leeway: 5m\n"), "");
    EXPECT_EQ(report_for("    leeway: 301s\n"),
              "5:13 expected a duration from 0ms to 5m, found \"301s\"\n");
}

TEST(Issuers, NameWhatThisVersionDoesNotHave) {
    EXPECT_EQ(report_for("    token_service: true\n"),
              "5:5 `token_service` is not part of this version of claimgate\n");
}

} // namespace
} // namespace config
