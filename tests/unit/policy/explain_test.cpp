#include "policy/explain.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

using config::EntryKind;
using support::Request;
using support::token_of;

config::Model guarded() {
    config::Model model = support::make_model();
    config::Route route = support::make_route("/customers/{customer}/**");
    route.name = "own-orders";
    route.at = {12, 3};
    route.access = config::Access::rule;
    config::Entry scopes = support::entry(EntryKind::scopes, {"orders:read"});
    scopes.at = {15, 7};
    config::Match own =
        support::match("sub", config::Operator::equals, {support::scalar("{path.customer}")});
    own.conditions[0].at = {17, 9};
    route.rule = support::rule({scopes, support::matches(EntryKind::claims, {own})});
    route.forward.headers = {{{19, 7}, "X-Customer", "{claim.sub}"},
                             {{20, 7}, "X-Tenant", "{claim.tenant}"}};
    model.routes = {route};
    return model;
}

Explanation explained(Request& request, const config::Model& model = guarded()) {
    const auto snapshot = support::compile(model);
    const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7"};
    return explain(*snapshot, request.head(), peer, support::test_now);
}

Request with_token(std::string target,
                   const std::vector<std::pair<std::string, std::string>>& claims) {
    Request request(std::move(target));
    request.bearer(token_of('a', claims));
    return request;
}

TEST(Explain, AnAdmittedRequestShowsWhatTheUpstreamReceives) {
    Request request = with_token("/customers/ada/orders?x=1", {{"scope", "\"orders:read\""}});
    request.field("accept", "*/*").field("x-customer", "evil");
    const Explanation it = explained(request);
    EXPECT_EQ(it.result, Explanation::Result::admitted);
    EXPECT_EQ(it.route, "own-orders");
    EXPECT_EQ(it.route_at.line, 12);
    EXPECT_EQ(it.upstream, "orders");
    EXPECT_EQ(it.method, "GET");
    EXPECT_EQ(it.target, "/customers/ada/orders?x=1");
    EXPECT_EQ(it.authority, "g");
    EXPECT_EQ(it.issuer, "a");
    EXPECT_EQ(it.forwarded, std::vector<std::string>{"accept"});
    EXPECT_EQ(it.dropped, (std::vector<std::string>{"authorization", "x-customer"}));
    ASSERT_FALSE(it.added.empty());
    EXPECT_EQ(it.added[0], (std::pair<std::string, std::string>("x-customer", "ada")));
    EXPECT_EQ(it.advice, "");
    ASSERT_EQ(it.stages.size(), stage_names().size());
    for (const TraceStage& stage : it.stages) EXPECT_TRUE(stage.passed) << stage.name;
}

TEST(Explain, ARefusalNamesTheLineAndWhatWouldHaveToChange) {
    Request request = with_token("/customers/ada/orders", {{"scope", "\"orders:write\""}});
    const Explanation it = explained(request);
    EXPECT_EQ(it.result, Explanation::Result::answered);
    EXPECT_EQ(it.reason, Reason::insufficient_scope);
    EXPECT_EQ(it.status, 403);
    EXPECT_EQ(it.stages.back().name, "decide");
    EXPECT_FALSE(it.stages.back().passed);
    EXPECT_EQ(it.advice,
              "get a token with the scopes that the rule asks for (scopes: expected orders:read, "
              "found scope \"orders:write\"; line 15)");
}

TEST(Explain, ComparedValuesAreShown) {
    Request request = with_token("/customers/bob/orders", {{"scope", "\"orders:read\""}});
    const Explanation it = explained(request);
    EXPECT_EQ(it.reason, Reason::rule_denied);
    EXPECT_EQ(it.advice,
              "the rule must hold (claims.sub equals: expected {path.customer} = \"bob\", found "
              "\"ada\"; line 17)");
}

TEST(Explain, EveryStageThatRefusesSaysWhy) {
    struct Case {
        std::string target;
        std::vector<std::pair<std::string, std::string>> claims;
        const char* stage;
        Reason reason;
        const char* in_advice;
    };
    const Case cases[] = {
        {"/customers/%2f", {}, "target", Reason::bad_target, "an encoded slash"},
        {"/else", {}, "route", Reason::no_route, "GET g/else"},
        {"/customers/a/x",
         {{"exp", "1600000000"}},
         "validate",
         Reason::token_expired,
         "2020-09-13T12:26:40Z"},
        {"/customers/a/x",
         {{"aud", "\"else\""}},
         "validate",
         Reason::bad_audience,
         "expected one of api://gw"},
        {"/customers/a/x",
         {{"iss", "\"https://c.example\""}},
         "verify",
         Reason::unknown_issuer,
         "found https://c.example"},
        {"/customers/a\nb/x", {}, "target", Reason::bad_target, "control byte"},
    };
    for (const Case& c : cases) {
        Request request = with_token(c.target, c.claims);
        const Explanation it = explained(request);
        EXPECT_EQ(it.reason, c.reason) << c.target;
        EXPECT_EQ(it.stages.back().name, c.stage) << c.target;
        EXPECT_NE(it.advice.find(c.in_advice), std::string::npos) << it.advice;
    }
}

TEST(Explain, AMissingTokenIsNamed) {
    Request request("/customers/ada/x");
    const Explanation it = explained(request);
    EXPECT_EQ(it.reason, Reason::token_missing);
    EXPECT_EQ(it.stages.back().name, "token");
}

TEST(Explain, KeysThatWouldHaveToBeFetchedAreNamed) {
    config::Model model = guarded();
    model.issuers[0].keys = {};
    Request request = with_token("/customers/ada/x", {});
    const Explanation it = explained(request, model);
    EXPECT_EQ(it.result, Explanation::Result::key_needed);
    EXPECT_EQ(it.issuer, "a");
}

TEST(Explain, ATokenIsNeverShown) {
    const std::string token = token_of('a', {{"scope", "\"orders:read\""}});
    Request request("/customers/ada/x");
    request.bearer(token);
    const Explanation it = explained(request);
    std::vector<const std::vector<TraceStep>*> open;
    for (const TraceStage& stage : it.stages) open.push_back(&stage.steps);
    while (!open.empty()) {
        const auto* steps = open.back();
        open.pop_back();
        for (const TraceStep& step : *steps) {
            EXPECT_EQ((step.what + step.expected + step.found).find(token.substr(0, 20)),
                      std::string::npos);
            open.push_back(&step.steps);
        }
    }
}

TEST(Advice, EveryReasonOfAStageHasSome) {
    for (auto i = static_cast<std::size_t>(Reason::preflight_answered);
         i <= static_cast<std::size_t>(Reason::method_not_allowed); ++i)
        EXPECT_NE(advice(static_cast<Reason>(i)), "") << info(static_cast<Reason>(i)).name;
    EXPECT_NE(advice(Reason::internal_error), "");
    EXPECT_NE(advice(Reason::keys_unavailable), "");
}

} // namespace
} // namespace policy
