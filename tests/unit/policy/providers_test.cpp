// Tokens in the shapes that providers issue (tests/data/providers), through the whole decision with
// nothing but a preset: the token that a rule is written for passes, its usual confusions do not.

#include "config/load.hpp"
#include "tests/support/vectors.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

using jose::Algorithm;
using support::test_key;

/// One claim of the recorded token in another form; `json` empty: it is missing.
struct Change {
    std::string claim, json;
    Reason reason;
};

struct Provider {
    std::string name;
    std::string settings; ///< of the issuer, beside its preset
    std::string rule;
    std::vector<Change> changes;
};

const std::vector<Provider> providers = {
    {"keycloak",
     "issuer: 'https://id.example.com/realms/shop', audience: shop-api",
     "scopes: ['orders:read'], roles: [support, 'orders:write'], groups: [/staff/berlin], "
     "client: shop-web",
     {{"typ", R"("ID")", Reason::claim_missing},
      {"typ", R"("Refresh")", Reason::claim_missing},
      {"aud", R"("account")", Reason::bad_audience},
      {"iss", R"("https://id.example.com/realms/other")", Reason::unknown_issuer},
      {"realm_access", R"({"roles":[]})", Reason::rule_denied},
      {"resource_access", R"({"other":{"roles":["orders:write"]}})", Reason::rule_denied},
      {"scope", R"("openid")", Reason::insufficient_scope}}},
    {"auth0",
     "issuer: 'https://shop.eu.auth0.com/', audience: 'https://api.shop.example.com'",
     "scopes: ['orders:read'], roles: ['orders:write'], client: 2kq9Jw3mYvT0bXc7ZrLs8dNfGhPaEiUo",
     {{"iss", R"("https://shop.eu.auth0.com")", Reason::unknown_issuer},
      {"aud", R"("https://shop.eu.auth0.com/userinfo")", Reason::bad_audience},
      {"permissions", "[]", Reason::rule_denied}}},
    {"okta",
     "issuer: 'https://shop.okta.com/oauth2/default', audience: 'api://default'",
     "scopes: ['orders:read'], roles: [support], groups: [Everyone], client: 0oa8h3zq4kPqN9xYk5d7",
     {{"cid", "", Reason::claim_missing},
      {"iss", R"("https://shop.okta.com")", Reason::unknown_issuer},
      {"scp", R"(["openid"])", Reason::insufficient_scope}}},
    {"entra",
     "issuer: 'https://login.microsoftonline.com/72f988bf-0000-4000-8000-2d7cd011db47/v2.0', "
     "audience: 6e74172b-be56-4843-9ff4-e66a39bb12e3",
     "scopes: [orders.read], roles: [support], groups: [0760b6cf-170e-4a14-91b3-4b78e0739963], "
     "client: cdee6e1c-8b9a-4a65-9d3c-8c1f6e5b2a40",
     {{"azp", "", Reason::claim_missing},
      {"ver", R"("1.0")", Reason::claim_missing},
      {"iss", R"("https://sts.windows.net/72f988bf-0000-4000-8000-2d7cd011db47/")",
       Reason::unknown_issuer},
      {"groups", "", Reason::rule_denied}}},
    {"entra_v1",
     "issuer: 'https://sts.windows.net/72f988bf-0000-4000-8000-2d7cd011db47/', "
     "audience: 'api://6e74172b-be56-4843-9ff4-e66a39bb12e3'",
     "scopes: [orders.read], roles: [support], groups: [0760b6cf-170e-4a14-91b3-4b78e0739963], "
     "client: cdee6e1c-8b9a-4a65-9d3c-8c1f6e5b2a40",
     {{"appid", "", Reason::claim_missing},
      {"ver", R"("2.0")", Reason::claim_missing},
      {"scp", "", Reason::insufficient_scope}}},
    {"google",
     "audience: 407408718192.apps.googleusercontent.com",
     "claims: { hd: example.com, email_verified: true }",
     {{"iss", R"("accounts.google.com")", Reason::allowed},
      {"iss", R"("https://accounts.google.com/")", Reason::unknown_issuer},
      {"email_verified", R"("true")", Reason::rule_denied},
      {"hd", "", Reason::rule_denied}}},
    {"firebase",
     "issuer: 'https://securetoken.google.com/shop-1234'",
     "roles: [support], claims: { firebase.tenant: acme-x7k2p }",
     {{"aud", R"("shop-1235")", Reason::bad_audience},
      {"auth_time", "", Reason::claim_missing},
      {"firebase", "", Reason::claim_missing}}},
    {"cognito",
     "issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example12', "
     "audience: 1h57kf5cpq17m0eml12EXAMPLE",
     "scopes: [shop/orders.read], groups: [support], roles: [support], "
     "client: 1h57kf5cpq17m0eml12EXAMPLE",
     {{"token_use", R"("id")", Reason::claim_missing},
      {"client_id", R"("other")", Reason::bad_audience},
      {"client_id", "", Reason::bad_audience},
      {"cognito:groups", R"(["other"])", Reason::rule_denied}}},
    {"github_actions",
     "audience: 'https://api.shop.example.com'",
     "claims: { repository: octo-org/octo-repo, environment: production, ref_protected: 'true' }",
     {{"repository", R"("octo-org/fork")", Reason::rule_denied},
      {"environment", "", Reason::rule_denied},
      {"ref_protected", "true", Reason::rule_denied},
      {"aud", R"("https://github.com/octo-org")", Reason::bad_audience},
      {"repository", "", Reason::claim_missing}}},
    {"kubernetes",
     "issuer: 'https://kubernetes.default.svc.cluster.local', audience: shop-api",
     "claims: { sub: 'system:serviceaccount:shop:reports', '[kubernetes.io].namespace': shop }",
     {{"kubernetes.io", "", Reason::claim_missing},
      {"aud", R"(["https://kubernetes.default.svc.cluster.local"])", Reason::bad_audience},
      {"sub", R"("system:serviceaccount:other:reports")", Reason::rule_denied}}},
    {"zitadel",
     "issuer: 'https://shop-a1b2c3.zitadel.cloud', audience: '240766484971257857'",
     "roles: [support], client: '240766525677404161@shop'",
     {{"urn:zitadel:iam:org:project:roles", "", Reason::allowed},
      {"aud", R"(["240766525677404161"])", Reason::bad_audience},
      {"azp", R"("other")", Reason::rule_denied}}},
    {"ory",
     "issuer: 'https://shop-a1b2c3.projects.oryapis.com', audience: 'https://api.shop.example.com'",
     "scopes: ['orders:read'], roles: [support], groups: [berlin], "
     "client: 4b1d6a1e-9a0b-4c5d-8e6f-7a8b9c0d1e2f",
     {{"aud", "[]", Reason::bad_audience},
      {"client_id", "", Reason::claim_missing},
      {"scp", R"("openid orders:read")", Reason::allowed},
      {"ext", "{}", Reason::rule_denied}}},
    {"supabase",
     "issuer: 'https://abcdefghijklmnop.supabase.co/auth/v1'",
     "roles: [authenticated, support], none: [{ claims: { is_anonymous: true } }]",
     {{"role", R"("anon")", Reason::rule_denied},
      {"app_metadata", "{}", Reason::rule_denied},
      {"is_anonymous", "true", Reason::rule_denied},
      {"aud", R"("anon")", Reason::bad_audience}}},
    {"clerk",
     "issuer: 'https://clerk.shop.example.com', audience: 'https://shop.example.com'",
     "roles: [admin], groups: [acme]",
     {{"azp", R"("https://evil.example")", Reason::bad_audience},
      {"azp", "", Reason::bad_audience},
      {"sts", R"("pending")", Reason::claim_missing},
      {"sts", "", Reason::allowed},
      {"o", R"({"id":"org_2abc","rol":"member","slg":"acme"})", Reason::rule_denied}}},
};

config::Model model_of(const Provider& provider) {
    const std::string text = "listeners: [{ bind: '127.0.0.1:1' }]\n"
                             "issuers: { idp: { preset: " +
                             provider.name + ", " + provider.settings +
                             " } }\n"
                             "upstreams: { orders: { targets: ['http://127.0.0.1:2'] } }\n"
                             "routes: [{ path: /x, upstream: orders, access: { " +
                             provider.rule + " } }]\n";
    config::Loaded loaded = config::load_text(text, "gateway.yaml", {});
    EXPECT_TRUE(loaded.model) << support::text_of(loaded.problems);
    if (!loaded.model) return support::make_model();
    config::Issuer& issuer = loaded.model->issuers[0];
    issuer.keys.kind = config::KeySourceKind::file;
    issuer.keys.text = support::public_jwks({&test_key(Algorithm::rs256)});
    return *loaded.model;
}

std::string sign(const Provider& provider, const Change* change = nullptr) {
    const JsonDocument recorded = support::read_json_data("providers/" + provider.name + ".json");
    support::TokenBuilder builder;
    for (const std::string_view name : {"alg", "kid"}) builder.no_header(name);
    for (const std::string_view name : {"iss", "aud", "sub", "iat", "exp"}) builder.no_claim(name);
    const JsonValue header = *recorded.root().find("header");
    for (auto member = header.first(); member; member = member->next())
        builder.header(member->name(), support::to_text(*member));
    const JsonValue claims = *recorded.root().find("claims");
    for (auto member = claims.first(); member; member = member->next())
        builder.claim(member->name(), support::to_text(*member));
    if (change && change->json.empty()) builder.no_claim(change->claim);
    if (change && !change->json.empty()) builder.claim(change->claim, change->json);
    return builder.sign(test_key(Algorithm::rs256));
}

class Providers : public testing::TestWithParam<Provider> {};

TEST_P(Providers, AreUnderstoodByTheirPreset) {
    support::World world(model_of(GetParam()));
    EXPECT_EQ(world.ask(support::Request("/x").bearer(sign(GetParam()))), Reason::allowed);
}

TEST_P(Providers, DoNotPassWithTheWrongClaim) {
    support::World world(model_of(GetParam()));
    for (const Change& change : GetParam().changes)
        EXPECT_EQ(info(world.ask(support::Request("/x").bearer(sign(GetParam(), &change)))).name,
                  info(change.reason).name)
            << change.claim << ": " << change.json;
}

INSTANTIATE_TEST_SUITE_P(Recorded, Providers, testing::ValuesIn(providers),
                         [](const auto& found) { return found.param.name; });

TEST(SeveralProviders, ShareARoute) {
    config::Model model = model_of(providers[0]);
    model.issuers.push_back(model_of(providers[7]).issuers[0]);
    model.issuers[1].name = "second";
    config::Route route = support::make_route("/only");
    route.issuers = {"second"};
    model.routes.push_back(route);
    route.path = route.name = "/both";
    route.issuers = {"idp", "second"};
    model.routes.push_back(route);
    support::World world(model);
    for (const std::size_t which : {0, 7}) {
        const std::string token = sign(providers[which]);
        EXPECT_EQ(world.ask(support::Request("/both").bearer(token)), Reason::allowed);
        EXPECT_EQ(world.ask(support::Request("/only").bearer(token)),
                  which == 0 ? Reason::issuer_not_accepted : Reason::allowed);
    }
}

} // namespace
} // namespace policy
