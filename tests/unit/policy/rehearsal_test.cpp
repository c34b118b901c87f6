#include "policy/pipeline.hpp"
#include "policy/rehearsal.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

using config::KeySourceKind;

constexpr const char* claims =
    R"({"iss":"https://a.example","aud":"api://gw","sub":"ada","exp":1700000300})";

config::Model guarded() {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/orders")};
    return model;
}

std::unique_ptr<Rehearsal> rehearse(const config::Model& model) {
    config::Problems problems;
    auto rehearsal = Rehearsal::make(model, problems);
    EXPECT_TRUE(rehearsal) << support::text_of(problems);
    return rehearsal;
}

Reason ask(const Snapshot& snapshot, const std::string& token, token::ProofCache& proofs,
           Findings& findings) {
    support::Request request("/orders");
    request.bearer(token);
    const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7"};
    Scratch scratch;
    Tools tools{scratch, proofs};
    const Outcome outcome =
        admit(snapshot, request.head(), peer, support::test_now, tools, findings);
    const auto* answer = std::get_if<Answer>(&outcome);
    return answer ? answer->reason : Reason::allowed;
}

Reason ask(const Snapshot& snapshot, const std::string& token) {
    token::ProofCache proofs(0, 0);
    Findings findings;
    return ask(snapshot, token, proofs, findings);
}

TEST(Rehearsal, AnyClaimsCanBeSignedForAnIssuerWhateverItsKeys) {
    for (const auto kind : {KeySourceKind::discover, KeySourceKind::jwks, KeySourceKind::file,
                            KeySourceKind::pem, KeySourceKind::secret}) {
        config::Model model = guarded();
        model.issuers[0].keys = {};
        model.issuers[0].keys.kind = kind;
        model.issuers[0].keys.secret = config::Secret("0123456789abcdef0123456789abcdef");
        const auto rehearsal = rehearse(model);
        ASSERT_TRUE(rehearsal);
        EXPECT_EQ(ask(*rehearsal->snapshot(), *rehearsal->sign("a", {}, claims)), Reason::allowed);
    }
}

TEST(Rehearsal, TheKeyIsOfAnAlgorithmThatTheIssuerAllows) {
    const std::pair<std::vector<std::string>, std::string_view> cases[] = {
        {{}, "ES256"},        {{"RS256", "ES256"}, "ES256"}, {{"EdDSA", "RS256"}, "EdDSA"},
        {{"PS384"}, "PS384"}, {{"RS512"}, "RS512"},          {{"ES512"}, "ES512"},
    };
    for (const auto& [algorithms, expected] : cases) {
        config::Model model = guarded();
        model.issuers[0].algorithms = algorithms;
        const auto rehearsal = rehearse(model);
        ASSERT_TRUE(rehearsal);
        token::ProofCache proofs(0, 0);
        Findings findings;
        EXPECT_EQ(ask(*rehearsal->snapshot(), *rehearsal->sign("a", {}, claims), proofs, findings),
                  Reason::allowed);
        ASSERT_TRUE(findings.proof);
        EXPECT_EQ(jose::to_string(findings.proof->header.algorithm), expected);
    }
}

TEST(Rehearsal, ASecretSignsWithTheAlgorithmThatItIsLongEnoughFor) {
    config::Model model = guarded();
    model.issuers[0].keys = {};
    model.issuers[0].keys.kind = KeySourceKind::secret;
    model.issuers[0].keys.secret = config::Secret(std::string(48, 's'));
    model.issuers[0].algorithms = {"HS512", "HS384"};
    const auto rehearsal = rehearse(model);
    ASSERT_TRUE(rehearsal);
    EXPECT_EQ(ask(*rehearsal->snapshot(), *rehearsal->sign("a", {}, claims)), Reason::allowed);
}

TEST(Rehearsal, TheSignatureIsReallyLookedAt) {
    const auto rehearsal = rehearse(guarded());
    const auto other = rehearse(guarded());
    const std::string token = *rehearsal->sign("a", {}, claims);
    EXPECT_EQ(ask(*other->snapshot(), token), Reason::unknown_key);
    EXPECT_EQ(ask(*rehearsal->snapshot(), support::with_signature(token, std::string(64, 'x'))),
              Reason::bad_signature);
    // In the name of `a`, with the key of `b`.
    EXPECT_EQ(ask(*rehearsal->snapshot(), *rehearsal->sign("b", {}, claims)), Reason::unknown_key);
}

TEST(Rehearsal, TheKeysOfTheConfigurationAreNotBelieved) {
    const auto rehearsal = rehearse(guarded());
    EXPECT_EQ(ask(*rehearsal->snapshot(), support::token_of('a')), Reason::unknown_key);
}

TEST(Rehearsal, FurtherMembersOfTheHeaderAreSigned) {
    const auto rehearsal = rehearse(guarded());
    const auto token = rehearsal->sign("a", R"({"typ":"logout+jwt"})", claims);
    EXPECT_EQ(ask(*rehearsal->snapshot(), *token), Reason::bad_type);
    EXPECT_EQ(rehearsal->sign("a", R"({"kid":"x"})", claims).error(), RehearsalError::bad_header);
    EXPECT_EQ(rehearsal->sign("a", "[]", claims).error(), RehearsalError::bad_header);
    EXPECT_EQ(rehearsal->sign("c", {}, claims).error(), RehearsalError::unknown_issuer);
}

TEST(Rehearsal, AnotherConfigurationBelievesTheSameKeysAndProofs) {
    const auto rehearsal = rehearse(guarded());
    config::Model model = guarded();
    model.routes[0].access = config::Access::rule;
    model.routes[0].rule = {
        .entries = {{.kind = config::EntryKind::scopes, .names = {"orders:read"}}}};
    config::Problems problems;
    const auto mutant = rehearsal->compile(model, problems);
    ASSERT_TRUE(mutant) << support::text_of(problems);

    const std::string token = *rehearsal->sign("a", {}, claims);
    token::ProofCache proofs(8, 1 << 20);
    Findings findings;
    EXPECT_EQ(ask(*rehearsal->snapshot(), token, proofs, findings), Reason::allowed);
    EXPECT_FALSE(findings.proof_cached);
    EXPECT_EQ(ask(*mutant, token, proofs, findings), Reason::insufficient_scope);
    EXPECT_TRUE(findings.proof_cached);
}

TEST(Rehearsal, WhatDoesNotCompileIsAProblemWithItsPlace) {
    config::Model model = guarded();
    model.routes.push_back(model.routes[0]);
    model.routes[1].at = {7, 3};
    config::Problems problems;
    EXPECT_FALSE(Rehearsal::make(model, problems));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].at.line, 7);
}

TEST(Rehearsal, AnIssuerThatNoKeyFitsIsAProblem) {
    config::Model model = guarded();
    model.issuers[1].at = {9, 3};
    model.issuers[1].keys.kind = KeySourceKind::secret;
    model.issuers[1].keys.secret = config::Secret(std::string(32, 's'));
    model.issuers[1].algorithms = {"HS512"};
    config::Problems problems;
    EXPECT_FALSE(Rehearsal::make(model, problems));
    EXPECT_EQ(support::text_of(problems),
              "gateway.yaml:9: no token can be signed for issuer 'b': the key is not for this "
              "algorithm\n");
}

} // namespace
} // namespace policy
