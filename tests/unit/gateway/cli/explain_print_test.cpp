#include "gateway/cli/explain_json.hpp"
#include "gateway/cli/explain_print.hpp"
#include "policy/json.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace gateway::cli {
namespace {

using policy::Explanation;

class ExplainPrint : public testing::Test {
protected:
    std::string people(const Explanation& e) {
        out.str("");
        print_for_people(e, console);
        return out.str();
    }
    policy::JsonDocument programs(const Explanation& e) {
        out.str("");
        print_for_programs(e, console);
        auto document = policy::parse_json(out.str());
        EXPECT_TRUE(document.has_value()) << out.str();
        return std::move(*document);
    }
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out};
};

Explanation denied() {
    Explanation e;
    e.result = Explanation::Result::answered;
    e.reason = policy::Reason::rule_denied;
    e.status = 403;
    e.route = "orders";
    e.route_at = {12, 5};
    e.advice = "Change the rule";
    policy::TraceStep any{.what = "any", .held = false, .at = {14, 9}};
    any.steps.push_back({.what = "claims.sub equals {path.customer}",
                         .held = false,
                         .expected = "\"bob\"",
                         .found = "\"ada\x1b[2J\"",
                         .at = {15, 13}});
    any.steps.push_back({.what = "roles", .held = false, .expected = "beta", .shadow = true});
    e.stages.push_back({.name = "target", .passed = true});
    e.stages.push_back({.name = "decide", .passed = false, .steps = {any}});
    return e;
}

Explanation admitted() {
    Explanation e;
    e.result = Explanation::Result::admitted;
    e.reason = policy::Reason::allowed;
    e.route = "orders";
    e.upstream = "api";
    e.method = "GET";
    e.target = "/orders/7";
    e.authority = "localhost";
    e.added = {{"x-customer", "ada"}};
    e.forwarded = {"accept"};
    e.dropped = {"authorization", "x-customer"};
    return e;
}

TEST_F(ExplainPrint, ShowsADenialAsATreeWithItsLines) {
    EXPECT_EQ(people(denied()), R"(✓ target
✗ decide
    ✗ any  line 14
      ✗ claims.sub equals {path.customer}  wants "bob", has "ada\x1b[2J"  line 15
      ~ roles  wants beta (shadow: decides nothing)

Denied with 403: rule_denied
  Change the rule
)");
    EXPECT_FALSE(is_good(denied()));
}

TEST_F(ExplainPrint, ShowsWhatTheUpstreamGets) {
    EXPECT_EQ(people(admitted()), R"(
Allowed on route orders: GET /orders/7 goes to upstream api
  with      x-customer: ada
  passed on accept
  held back authorization, x-customer
)");
    EXPECT_TRUE(is_good(admitted()));
}

TEST_F(ExplainPrint, SaysWhichKeysAreMissing) {
    Explanation e;
    e.result = Explanation::Result::key_needed;
    e.reason = policy::Reason::unknown_key;
    e.issuer = "keycloak";
    EXPECT_NE(people(e).find("--jwks keycloak=FILE"), std::string::npos);
    EXPECT_FALSE(is_good(e));
}

TEST_F(ExplainPrint, CountsAPreflightAsGood) {
    Explanation e;
    e.reason = policy::Reason::preflight_answered;
    e.status = 204;
    EXPECT_TRUE(is_good(e));
    EXPECT_NE(people(e).find("Answered with 204: preflight_answered"), std::string::npos);
}

TEST_F(ExplainPrint, GivesProgramsTheWholeTree) {
    const auto document = programs(denied());
    const auto root = document.root();
    EXPECT_EQ(root.find("result")->text(), "answered");
    EXPECT_EQ(root.find("reason")->text(), "rule_denied");
    EXPECT_EQ(root.find("status")->number().integer, 403);
    EXPECT_EQ(root.find("route")->find("line")->number().integer, 12);
    const auto decide = root.find("stages")->first()->next();
    EXPECT_EQ(decide->find("name")->text(), "decide");
    EXPECT_FALSE(decide->find("passed")->boolean());
    const auto claim = decide->find("steps")->first()->find("steps")->first();
    EXPECT_EQ(claim->find("found")->text(), "\"ada\x1b[2J\"");
    EXPECT_EQ(claim->find("line")->number().integer, 15);
    EXPECT_TRUE(claim->next()->find("shadow")->boolean());
}

TEST_F(ExplainPrint, ShowsWhatWouldHaveToChangeAndWhatIsSupposed) {
    Explanation e = denied();
    e.stages.back().steps[0].steps[0].decided = true;
    e.changes = {{"scopes", "a", "b", false, {3, 1}}, {"roles", "c", "", true, {}}};
    e.supposed = {{.name = "validate", .passed = true, .steps = {}}};
    const std::string text = people(e);
    EXPECT_NE(text.find("line 15  <- decided\n"), std::string::npos) << text;
    EXPECT_NE(text.find("To be allowed:\n  - scopes must be: a, and is: b  line 3\n"
                        "  - roles must not hold: c\n"
                        "\nNot believed, and not part of the verdict; if the token were good:\n"
                        "✓ validate\n"),
              std::string::npos)
        << text;
}

TEST_F(ExplainPrint, IsReadBackWhole) {
    Explanation refused = denied();
    refused.stages.back().steps[0].combine = policy::Combine::any;
    refused.stages.back().steps[0].steps[0].decided = true;
    refused.changes = {{"scopes", "a", "b", false, {3, 1}}, {"roles", "c", "", true, {}}};
    refused.supposed = {{.name = "validate", .passed = true, .steps = {}}};
    refused.shadow_denied = true;
    refused.shadow_rules = {"orders:12"};
    refused.issuer = "own";
    for (const Explanation& e : {refused, admitted()}) {
        const std::string json = explanation_json(e);
        const auto back = read_explanation(json);
        ASSERT_TRUE(back);
        EXPECT_EQ(explanation_json(*back), json);
        EXPECT_EQ(people(*back), people(e));
    }
    for (const char* bad : {"", "[]", "{}", "{\"result\":1}", "{\"status\":\"not found\"}"})
        EXPECT_FALSE(read_explanation(bad)) << bad;
}

TEST_F(ExplainPrint, GivesProgramsWhatTheUpstreamGets) {
    const auto document = programs(admitted());
    const auto upstream = document.root().find("upstream");
    EXPECT_EQ(upstream->find("target")->text(), "/orders/7");
    EXPECT_EQ(upstream->find("added")->first()->first()->text(), "x-customer");
    EXPECT_EQ(upstream->find("dropped")->size(), 2u);
    EXPECT_FALSE(document.root().find("status").has_value());
}

} // namespace
} // namespace gateway::cli
