// An explanation goes on where the decision stopped, and never changes it.

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
    config::Route route = support::make_route("/orders");
    route.access = config::Access::rule;
    route.rule = support::rule({support::entry(EntryKind::scopes, {"orders:read"})});
    model.routes = {route};
    return model;
}

Explanation explained(const std::string& token, const config::Model& model = guarded()) {
    Request request("/orders");
    if (!token.empty()) request.bearer(token);
    const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7"};
    return explain(*support::compile(model), request.head(), peer, support::test_now);
}

std::string broken(std::string token) {
    token[token.size() - 5] = token[token.size() - 5] == 'A' ? 'B' : 'A';
    return token;
}

/// "validate- decide+": what is supposed, and whether it would pass.
std::string supposed(const Explanation& it) {
    std::string text;
    for (const TraceStage& stage : it.supposed)
        text += (text.empty() ? "" : " ") + stage.name + (stage.passed ? "+" : "-");
    return text;
}

std::string changes(const Explanation& it) {
    std::string text;
    for (const Change& change : it.changes) text += (text.empty() ? "" : " ") + change.what;
    return text;
}

TEST(Suppose, GoesOnAfterATokenThatIsRefused) {
    const std::string read = "\"orders:read\"";
    struct Case {
        std::string token;
        Reason reason;
        const char* supposed;
        const char* changes;
    };
    const Case cases[] = {
        {token_of('a', {{"scope", read}}), Reason::allowed, "", ""},
        {token_of('a', {}), Reason::insufficient_scope, "", "scopes"},
        {broken(token_of('a', {{"scope", read}})), Reason::bad_signature, "validate+ decide+",
         "signature"},
        {broken(token_of('a', {{"iat", "1500000000"}, {"exp", "1600000000"}})),
         Reason::bad_signature, "validate- decide-", "signature exp scopes"},
        {token_of('a', {{"iat", "1500000000"}, {"exp", "1600000000"}, {"aud", "\"else\""}}),
         Reason::token_expired, "decide-", "exp aud scopes"},
        {token_of('a', {{"iss", "\"https://c.example\""}, {"scope", read}}), Reason::unknown_issuer,
         "decide+", "issuer"},
        {"x.y.z", Reason::token_malformed, "validate- decide-", "form issuer scopes"},
        {"", Reason::token_missing, "validate- decide-", "token issuer scopes"},
    };
    for (const Case& c : cases) {
        const Explanation it = explained(c.token);
        EXPECT_EQ(it.reason, c.reason) << info(c.reason).name;
        EXPECT_EQ(supposed(it), c.supposed) << info(c.reason).name;
        EXPECT_EQ(changes(it), c.changes) << info(c.reason).name;
        if (c.reason == Reason::allowed) continue;
        EXPECT_EQ(it.result, Explanation::Result::answered);
        EXPECT_FALSE(it.stages.back().passed);
    }
}

TEST(Suppose, NeverBelievesWhatNobodySigned) {
    const Explanation it = explained(broken(token_of('a', {{"scope", "\"orders:read\""}})));
    EXPECT_EQ(it.status, 401);
    EXPECT_EQ(it.issuer, "");
    EXPECT_TRUE(it.added.empty());
    EXPECT_EQ(it.upstream, "");
}

TEST(Suppose, GoesOnWhereKeysAreNotKnown) {
    config::Model model = guarded();
    model.issuers[0].keys = {};
    const Explanation it = explained(token_of('a', {}), model);
    EXPECT_EQ(it.result, Explanation::Result::key_needed);
    EXPECT_EQ(supposed(it), "validate+ decide-");
    EXPECT_EQ(changes(it), "key scopes");
}

TEST(Suppose, MarksTheOneLineThatDecided) {
    const Explanation it = explained(
        token_of('a', {{"iat", "1500000000"}, {"exp", "1600000000"}, {"aud", "\"else\""}}));
    int decided = 0;
    for (const TraceStep& step : it.stages.back().steps) {
        decided += step.decided;
        EXPECT_EQ(step.decided, step.what == "exp") << step.what;
    }
    EXPECT_EQ(decided, 1);
}

TEST(ExplainToken, SaysAllOfATokenAlone) {
    const auto snapshot = support::compile(guarded());
    const auto of = [&](const std::string& token, std::string_view issuer = {}) {
        return explain_token(*snapshot, token, support::test_now, issuer);
    };
    EXPECT_EQ(of(token_of('a', {})).reason, Reason::allowed);
    EXPECT_EQ(of(token_of('a', {})).issuer, "a");
    EXPECT_EQ(of(token_of('a', {}), "a").reason, Reason::allowed);
    EXPECT_EQ(of(token_of('a', {}), "b").reason, Reason::issuer_not_accepted);
    EXPECT_EQ(changes(of(token_of('a', {}), "b")), "issuer");
    EXPECT_EQ(of("x").reason, Reason::token_malformed);
    const Explanation both =
        of(broken(token_of('a', {{"iat", "1500000000"}, {"exp", "1600000000"}})));
    EXPECT_EQ(both.reason, Reason::bad_signature);
    EXPECT_EQ(both.issuer, "");
    EXPECT_EQ(changes(both), "signature exp");
}

} // namespace
} // namespace policy
