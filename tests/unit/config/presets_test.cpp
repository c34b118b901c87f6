#include "config/presets.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;

Issuer issuer_of(const std::string& members) {
    const Model model = model_of("issuers: { main: { " + members + " } }\n");
    return model.issuers.empty() ? Issuer{} : model.issuers[0];
}

std::string report_for(const std::string& members) {
    return report_of("issuers: { main: { " + members + " } }\n");
}

std::string names_of(const std::vector<RequiredClaim>& claims) {
    std::string text;
    for (const RequiredClaim& claim : claims) text += claim.name + ' ';
    return text;
}

TEST(Presets, HaveNamesOfTheirOwn) {
    for (const Preset& preset : presets()) EXPECT_EQ(find_preset(preset.name), &preset);
    EXPECT_EQ(presets().size(), 14u);
    EXPECT_EQ(find_preset("Keycloak"), nullptr);
    EXPECT_EQ(find_preset(""), nullptr);
}

TEST(Presets, FillWhatIsNotWritten) {
    const Issuer issuer =
        issuer_of("preset: keycloak, issuer: https://id.example.com/realms/x, audience: [a, b.c]");
    EXPECT_EQ(issuer.preset, "keycloak");
    EXPECT_EQ(issuer.types, (std::vector<std::string>{"jwt", "at+jwt"}));
    EXPECT_EQ(issuer.scopes, std::vector<std::string>{"scope"});
    EXPECT_EQ(issuer.roles,
              (std::vector<std::string>{"realm_access.roles", "resource_access[a].roles",
                                        "resource_access[b.c].roles"}));
    EXPECT_EQ(issuer.required_claims,
              (std::vector<RequiredClaim>{{.name = "typ", .values = {"Bearer"}}}));
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::discover);
}

TEST(Presets, GiveWayToWhatIsWritten) {
    const Issuer issuer = issuer_of(
        "preset: cognito, issuer: https://id.example.com, audience: any, audience_claim: aud, "
        "algorithms: [ES256], types: [jwt], scopes: s, roles: r, groups: g, "
        "required_claims: [sub, { token_use: [access, id] }], keys: { jwks: https://k.example }");
    EXPECT_TRUE(issuer.any_audience);
    EXPECT_EQ(issuer.audience_claim, "aud");
    EXPECT_EQ(issuer.algorithms, std::vector<std::string>{"ES256"});
    EXPECT_EQ(issuer.types, std::vector<std::string>{"jwt"});
    EXPECT_EQ(issuer.scopes, std::vector<std::string>{"s"});
    EXPECT_EQ(issuer.roles, std::vector<std::string>{"r"});
    EXPECT_EQ(issuer.groups, std::vector<std::string>{"g"});
    EXPECT_EQ(issuer.required_claims,
              (std::vector<RequiredClaim>{{.name = "token_use", .values = {"access", "id"}},
                                          {.name = "sub"}}));
    EXPECT_EQ(issuer.keys.url, "https://k.example");
}

TEST(Presets, StandAnywhereAmongTheKeys) {
    const Issuer issuer = issuer_of("roles: r, audience: api, preset: okta, issuer: https://o.x");
    EXPECT_EQ(issuer.roles, std::vector<std::string>{"r"});
    EXPECT_EQ(names_of(issuer.required_claims), "cid ");
}

TEST(Presets, KnowWhatNeedNotBeWritten) {
    const Issuer google = issuer_of("preset: google, audience: x.apps.googleusercontent.com");
    EXPECT_EQ(google.issuer, "https://accounts.google.com");
    EXPECT_EQ(google.other_issuers, std::vector<std::string>{"accounts.google.com"});
    EXPECT_EQ(google.keys.kind, KeySourceKind::jwks);
    const Issuer firebase =
        issuer_of("preset: firebase, issuer: https://securetoken.google.com/shop-1234");
    EXPECT_EQ(firebase.audiences, std::vector<std::string>{"shop-1234"});
    EXPECT_EQ(report_for("preset: google"), "1:12 the issuer `main` needs `audience`\n");
    EXPECT_EQ(report_for("preset: okta"), "1:12 the issuer `main` needs `issuer`\n"
                                          "1:12 the issuer `main` needs `audience`\n");
}

TEST(Presets, AskForKeysInTheUsualPlaceWhenToldTo) {
    const Issuer issuer = issuer_of("preset: google, audience: x, keys: discover");
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::discover);
    EXPECT_EQ(issuer.keys.url, "");
}

TEST(Presets, LeaveTheAlgorithmToASecret) {
    const std::string project = "preset: supabase, issuer: https://x.supabase.co/auth/v1, ";
    const Issuer issuer = issuer_of(project + "keys: { secret: 0123456789abcdef0123456789abcdef }");
    EXPECT_EQ(issuer.algorithms, std::vector<std::string>{"HS256"});
}

TEST(Presets, KnowHowTheirIssuersEnd) {
    EXPECT_EQ(report_for("preset: auth0, issuer: https://shop.eu.auth0.com, audience: x"),
              "1:43 an issuer of auth0 ends with `/` "
              "(write it as the tokens' `iss` says it, byte for byte)\n");
    EXPECT_EQ(report_for("preset: entra, issuer: https://login.example/t/v2.0/, audience: x"),
              "1:43 an issuer of entra ends with `/v2.0` "
              "(write it as the tokens' `iss` says it, byte for byte)\n");
}

TEST(Presets, AreSuggestedWhereTheNameIsWrong) {
    EXPECT_EQ(report_for("preset: keycloack, issuer: https://id.example.com, audience: x"),
              "1:28 expected `keycloak`, `auth0`, `okta`, `entra`, `entra_v1`, `google`, "
              "`firebase`, `cognito`, `github_actions`, `kubernetes`, `zitadel`, `ory`, "
              "`supabase` or `clerk`, found \"keycloack\" (did you mean `keycloak`?)\n");
}

} // namespace
} // namespace config
