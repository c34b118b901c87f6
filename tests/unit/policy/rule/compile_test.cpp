#include "policy/rule/rule.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using config::EntryKind;
using support::entry;
using support::group;
using support::rule;
using support::Scene;

std::string problem_of(const config::Rule& rule,
                       const config::Model& model = support::make_model()) {
    config::Problems problems;
    Rule::compile(rule, model, {}, problems);
    return problems.empty() ? "" : problems[0].message;
}

TEST(CompileRule, EmptyThingsAreErrors) {
    EXPECT_NE(problem_of(rule({})), "");
    for (const EntryKind kind :
         {EntryKind::scopes, EntryKind::any_scope, EntryKind::roles, EntryKind::groups,
          EntryKind::client, EntryKind::acr, EntryKind::source, EntryKind::claims,
          EntryKind::request, EntryKind::all, EntryKind::any, EntryKind::none, EntryKind::policy,
          EntryKind::issuer, EntryKind::max_age})
        EXPECT_NE(problem_of(rule({entry(kind, {})})), "") << static_cast<int>(kind);
    EXPECT_NE(problem_of(rule({entry(EntryKind::roles, {""})})), "");
    EXPECT_NE(problem_of(rule({group(EntryKind::any, {rule({})})})), "");
}

// J170: they stand between quotes in a challenge.
TEST(CompileRule, ScopesAndAcrAreTokens) {
    for (const char* name : {"a b", "a\"b", "a\\b", "a\r\nb", "\xc2\xa0", "a\x7f"}) {
        EXPECT_NE(problem_of(rule({entry(EntryKind::scopes, {name})})), "") << name;
        EXPECT_NE(problem_of(rule({entry(EntryKind::acr, {name})})), "") << name;
    }
    EXPECT_EQ(problem_of(rule({entry(EntryKind::scopes, {"https://api.example/orders.read"})})),
              "");
}

TEST(CompileRule, NamesMustBeThere) {
    EXPECT_EQ(problem_of(rule({entry(EntryKind::policy, {"staff"})})),
              "there is no policy 'staff'");
    EXPECT_EQ(problem_of(rule({entry(EntryKind::issuer, {"c"})})), "there is no issuer 'c'");
    EXPECT_NE(problem_of(rule({entry(EntryKind::source, {"10.0.0.0/33"})})), "");
}

TEST(CompileRule, PoliciesAreInlined) {
    config::Model model = support::make_model();
    model.policies = {{{}, "staff", rule({entry(EntryKind::roles, {"x"})})}};
    const auto uses = rule({entry(EntryKind::policy, {"staff"})});
    EXPECT_EQ(Scene(R"({"roles":["x"]})", "/ada/x", model).reason(uses), Reason::allowed);
    EXPECT_EQ(Scene(R"({"roles":["y"]})", "/ada/x", model).reason(uses), Reason::rule_denied);
}

TEST(CompileRule, ACycleOfPoliciesIsAnError) {
    config::Model model = support::make_model();
    const auto uses = [](const char* name) { return rule({entry(EntryKind::policy, {name})}); };
    model.policies = {{{}, "a", uses("b")}, {{}, "b", uses("a")}, {{}, "c", uses("c")}};
    EXPECT_EQ(problem_of(uses("a"), model), "policy 'a' uses itself");
    EXPECT_EQ(problem_of(uses("c"), model), "policy 'c' uses itself");
}

TEST(CompileRule, APolicyMayBeUsedTwice) {
    config::Model model = support::make_model();
    model.policies = {{{}, "a", rule({entry(EntryKind::roles, {"x"})})}};
    const auto uses = rule({entry(EntryKind::policy, {"a"})});
    EXPECT_EQ(problem_of(rule({group(EntryKind::any, {uses, uses})}), model), "");
}

// 2^20 nodes when inlined: the bound must stop it early.
TEST(CompileRule, PoliciesThatMultiplyAreBounded) {
    config::Model model = support::make_model();
    for (int i = 0; i < 20; ++i) {
        const auto next = rule({entry(EntryKind::policy, {"p" + std::to_string(i + 1)})});
        model.policies.push_back(
            {{}, "p" + std::to_string(i), rule({group(EntryKind::any, {next, next})})});
    }
    model.policies.push_back({{}, "p20", rule({entry(EntryKind::roles, {"x"})})});
    config::Problems problems;
    Rule::compile(rule({entry(EntryKind::policy, {"p0"})}), model, {}, problems);
    ASSERT_FALSE(problems.empty());
    EXPECT_LT(problems.size(), 100u);
}

TEST(CompileRule, DepthIsBounded) {
    config::Rule deep = rule({entry(EntryKind::roles, {"x"})});
    for (int i = 0; i < 63; ++i) deep = rule({group(EntryKind::all, {deep})});
    EXPECT_EQ(problem_of(deep), "");
    EXPECT_NE(problem_of(rule({group(EntryKind::all, {deep})})), "");
}

TEST(CompileRule, AnAnyOfShadowsOnlyIsAnError) {
    const auto shadow = rule({entry(EntryKind::roles, {"x"})}, true);
    EXPECT_NE(problem_of(rule({group(EntryKind::any, {shadow, shadow})})), "");
    EXPECT_EQ(problem_of(rule({group(EntryKind::none, {shadow})})), "");
}

TEST(CompileRule, NamesTheRulesInShadowModeByTheirPlaces) {
    const auto shadow = rule({entry(EntryKind::roles, {"x"})}, true);
    config::Model model = support::make_model();
    model.policies = {{{}, "staff", rule({group(EntryKind::none, {shadow})})}};
    const auto places = [&](const config::Rule& asked) {
        config::Problems problems;
        return Rule::compile(asked, model, {}, problems).shadows();
    };
    using Places = std::vector<std::string>;
    EXPECT_EQ(places(shadow), Places{"access"});
    const auto staff = entry(EntryKind::policy, {"staff"});
    EXPECT_EQ(places(rule({group(EntryKind::all, {rule({staff}), shadow}), staff})),
              (Places{"policies.staff.none[0]", "access.all[1]"}));
    // Inside of a rule in shadow mode there is nothing left to report.
    EXPECT_EQ(places(rule({group(EntryKind::all, {shadow})}, true)), Places{"access"});
}

TEST(CompileRule, RefusesMoreShadowRulesThanItCanTellApart) {
    const auto shadow = rule({entry(EntryKind::roles, {"x"})}, true);
    EXPECT_EQ(problem_of(rule({group(EntryKind::all, std::vector(64, shadow))})), "");
    EXPECT_NE(problem_of(rule({group(EntryKind::all, std::vector(65, shadow))})), "");
}

TEST(CompileRule, NamesTheScopesThatItAsksFor) {
    config::Model model = support::make_model();
    model.policies = {{{}, "p", rule({entry(EntryKind::any_scope, {"c", "a"})})}};
    const auto asks =
        rule({entry(EntryKind::scopes, {"a", "b"}), entry(EntryKind::policy, {"p"}),
              group(EntryKind::none, {rule({entry(EntryKind::scopes, {"n"})})}),
              group(EntryKind::all, {rule({entry(EntryKind::scopes, {"s"})}, true)})});
    config::Problems problems;
    EXPECT_EQ(Rule::compile(asks, model, {}, problems).scopes(), "a b c");
}

} // namespace
} // namespace policy::rule
