#include "policy/jose/signature.hpp"
#include "policy/snapshot.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace policy {
namespace {

using config::KeySourceKind;
using jose::Algorithm;

config::Model with_source(KeySourceKind kind, std::string text = {}) {
    config::Model model = support::make_model();
    model.issuers.resize(1);
    model.issuers[0].at = {3, 1};
    model.issuers[0].keys = {};
    model.issuers[0].keys.at = {4, 1};
    model.issuers[0].keys.kind = kind;
    model.issuers[0].keys.text = std::move(text);
    return model;
}

TEST(Snapshot, LocalKeysComeFromTheModel) {
    const auto snapshot = support::compile(support::make_model());
    ASSERT_EQ(snapshot->issuers().size(), 2u);
    const token::Issuer& issuer = snapshot->issuers()[0];
    EXPECT_TRUE(issuer.keys_known);
    EXPECT_FALSE(issuer.refetchable);
    EXPECT_EQ(issuer.keys.size(), 1u);
    EXPECT_EQ(issuer.settings, &snapshot->model().issuers[0]);
}

TEST(Snapshot, ALocalSourceWithoutUsableKeysIsAnError) {
    for (const auto kind : {KeySourceKind::file, KeySourceKind::pem, KeySourceKind::secret}) {
        const std::string problem = support::problems_of(with_source(kind, "{\"keys\":[]}"));
        EXPECT_NE(problem.find("gateway.yaml:4: the keys of issuer 'a' cannot be used"),
                  std::string::npos)
            << problem;
    }
}

TEST(Snapshot, ASecretNeverStandsInAMessage) {
    config::Model model = with_source(KeySourceKind::secret);
    model.issuers[0].keys.secret = config::Secret("hunter2");
    const std::string problem = support::problems_of(model);
    EXPECT_NE(problem, "");
    EXPECT_EQ(problem.find("hunter2"), std::string::npos);
}

TEST(Snapshot, RemoteKeysComeFromTheControlThread) {
    const auto model = std::make_shared<config::Model>(with_source(KeySourceKind::jwks));
    config::Problems problems;
    const KeyMaterial good{true, support::public_jwks({&support::test_key(Algorithm::es256)}),
                           support::test_now};
    const auto known = Snapshot::compile(model, {good}, problems);
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->issuers()[0].keys_known);
    EXPECT_TRUE(known->issuers()[0].refetchable);
    EXPECT_EQ(known->issuers()[0].next_fetch, support::test_now);

    for (const KeyMaterial& bad : {KeyMaterial{}, KeyMaterial{true, "rubbish", {}},
                                   KeyMaterial{true, "{\"keys\":[]}", {}}}) {
        const auto unknown = Snapshot::compile(model, {bad}, problems);
        ASSERT_TRUE(unknown);
        EXPECT_FALSE(unknown->issuers()[0].keys_known);
    }
    ASSERT_TRUE(Snapshot::compile(model, {}, problems));
    EXPECT_TRUE(problems.empty());
}

TEST(Snapshot, WithoutAListAllAsymmetricAlgorithmsAreAllowed) {
    const auto snapshot = support::compile(support::make_model());
    const jose::AlgorithmSet& set = snapshot->issuers()[0].algorithms;
    EXPECT_TRUE(set.has(Algorithm::rs256));
    EXPECT_TRUE(set.has(Algorithm::eddsa));
    EXPECT_FALSE(set.has(Algorithm::hs256));
}

TEST(Snapshot, ASecretAllowsHmacOnly) {
    config::Model model = with_source(KeySourceKind::secret);
    model.issuers[0].keys.secret = config::Secret(std::string(64, 's'));
    const auto snapshot = support::compile(model);
    EXPECT_TRUE(snapshot->issuers()[0].algorithms.has(Algorithm::hs256));
    EXPECT_FALSE(snapshot->issuers()[0].algorithms.has(Algorithm::rs256));
    model.issuers[0].algorithms = {"RS256"};
    EXPECT_NE(support::problems_of(model), "");
}

TEST(Snapshot, AnAlgorithmListIsTakenAsItStands) {
    config::Model model = support::make_model();
    model.issuers[0].algorithms = {"ES256"};
    const auto snapshot = support::compile(model);
    EXPECT_TRUE(snapshot->issuers()[0].algorithms.has(Algorithm::es256));
    EXPECT_FALSE(snapshot->issuers()[0].algorithms.has(Algorithm::rs256));
    for (const char* name : {"none", "es256", "HS256x", "", "RSA-OAEP"}) {
        model.issuers[0].algorithms = {name};
        EXPECT_NE(support::problems_of(model), "") << name;
    }
}

TEST(Snapshot, HmacDoesNotGoWithPublicKeys) {
    for (const auto kind : {KeySourceKind::jwks, KeySourceKind::discover}) {
        config::Model model = with_source(kind);
        model.issuers[0].algorithms = {"HS256"};
        EXPECT_NE(support::problems_of(model).find("HS256 does not go with this kind of keys"),
                  std::string::npos);
    }
}

TEST(Snapshot, IdentityHeadersAreOfAllRoutesFoldedAndSorted) {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/a"), support::make_route("/b")};
    model.routes[0].forward.headers = {{{}, "X-Roles", "x"}, {{}, "X-Customer", "x"}};
    model.routes[1].forward.headers = {{{}, "x-customer", "x"}, {{}, "A-B", "x"}};
    EXPECT_EQ(support::compile(model)->identity_headers(),
              (std::vector<std::string>{"a-b", "x-customer", "x-roles"}));
}

TEST(Snapshot, TrustedProxiesAreNetworks) {
    config::Model model = support::make_model();
    model.trusted_proxies = {"10.0.0.0/8", "2001:db8::1"};
    const auto snapshot = support::compile(model);
    EXPECT_TRUE(snapshot->is_trusted_proxy(*parse_address("10.1.2.3")));
    EXPECT_TRUE(snapshot->is_trusted_proxy(*parse_address("2001:db8::1")));
    EXPECT_FALSE(snapshot->is_trusted_proxy(*parse_address("11.1.2.3")));
    model.trusted_proxies = {"10.0.0.0/8x"};
    EXPECT_NE(support::problems_of(model), "");
}

TEST(Snapshot, ClaimSourcesBelongToTheirIssuer) {
    config::Model model = support::make_model();
    model.issuers[1].roles = {"r.s"};
    const auto snapshot = support::compile(model);
    EXPECT_EQ(snapshot->claim_sources(snapshot->issuers()[0]).roles.size(), 2u);
    EXPECT_EQ(snapshot->claim_sources(snapshot->issuers()[1]).roles[0].steps,
              (std::vector<std::string>{"r", "s"}));
    model.issuers[1].groups = {"a..b"};
    EXPECT_NE(support::problems_of(model), "");
}

TEST(Snapshot, ClaimsOfTheAccessLogCanBeRead) {
    config::Model model = support::make_model();
    model.access_log.claims = {"tenant", "realm_access.roles"};
    EXPECT_EQ(support::problems_of(model), "");
    model.access_log.claims = {"a..b"};
    EXPECT_NE(support::problems_of(model).find("access_log: claim path 'a..b'"), std::string::npos);
}

TEST(Snapshot, GenerationsDiffer) {
    const auto one = support::compile(support::make_model()),
               two = support::compile(support::make_model());
    EXPECT_NE(one->generation(), two->generation());
}

TEST(Snapshot, AllErrorsAreToldAtOnce) {
    config::Model model = support::make_model();
    model.trusted_proxies = {"x"};
    model.routes = {support::make_route("a"), support::make_route("/b")};
    model.routes[1].upstream = "nowhere";
    const std::string problems = support::problems_of(model);
    EXPECT_EQ(std::ranges::count(problems, '\n'), 3) << problems;
}

} // namespace
} // namespace policy
