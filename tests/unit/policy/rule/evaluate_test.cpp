#include "policy/rule/rule.hpp"
#include "policy/trace.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using config::EntryKind;
using config::Operator;
using support::entry;
using support::group;
using support::match;
using support::matches;
using support::rule;
using support::scalar;
using support::Scene;

config::Entry scope(std::string name) { return entry(EntryKind::scopes, {std::move(name)}); }
config::Entry role(std::string name) { return entry(EntryKind::roles, {std::move(name)}); }
config::Entry claim(std::string path, Operator op, config::Scalar operand) {
    return matches(EntryKind::claims, {match(std::move(path), op, {std::move(operand)})});
}
config::Entry asked(std::string subject, std::string value) {
    return matches(EntryKind::request,
                   {match(std::move(subject), Operator::equals, {scalar(value)})});
}
config::Entry max_age(config::Duration duration) {
    config::Entry entry = support::entry(EntryKind::max_age, {});
    entry.duration = duration;
    return entry;
}

TEST(Evaluate, AllEntriesOfARuleMustHold) {
    Scene scene(R"({"scope":"a b","roles":["x"]})");
    EXPECT_EQ(scene.reason(rule({scope("a"), role("x")})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({scope("a"), role("y")})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::scopes, {"a", "c"})})),
              Reason::insufficient_scope);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::any_scope, {"c", "b"})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::any_scope, {"c", "d"})})),
              Reason::insufficient_scope);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::roles, {"x", "y"})})), Reason::rule_denied);
}

TEST(Evaluate, TheFirstEntryAgainstGivesTheReason) {
    Scene scene("{}");
    EXPECT_EQ(scene.reason(rule({scope("a"), role("y")})), Reason::insufficient_scope);
    EXPECT_EQ(scene.reason(rule({role("y"), scope("a")})), Reason::rule_denied);
    const auto nested = rule({group(EntryKind::all, {rule({scope("a")})}), role("y")});
    EXPECT_EQ(scene.reason(nested), Reason::insufficient_scope);
    EXPECT_EQ(scene.judge(nested).entry->kind, EntryKind::scopes);
}

TEST(Evaluate, GroupsSayAllAnyNone) {
    Scene scene(R"({"roles":["x"]})");
    const auto yes = rule({role("x")}), no = rule({role("y")});
    EXPECT_EQ(scene.reason(rule({group(EntryKind::all, {yes, yes})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::all, {yes, no})})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::any, {no, yes})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::any, {no, no})})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::none, {no, no})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::none, {no, yes})})), Reason::rule_denied);
}

TEST(Evaluate, AlternativesThatFailForOneReasonGiveIt) {
    Scene scene("{}");
    EXPECT_EQ(scene.reason(rule({group(EntryKind::any, {rule({scope("a")}), rule({scope("b")})})})),
              Reason::insufficient_scope);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::any, {rule({scope("a")}), rule({role("b")})})})),
              Reason::rule_denied);
}

TEST(Evaluate, AMissingClaimNeverMatches) {
    Scene scene("{}");
    const auto not_banned = claim("status", Operator::not_equals, scalar("banned"));
    const auto banned = claim("status", Operator::equals, scalar("banned"));
    EXPECT_EQ(scene.reason(rule({not_banned})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({group(EntryKind::none, {rule({banned})})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({claim("status", Operator::exists, scalar(false))})),
              Reason::allowed);
}

// J145
TEST(Evaluate, TheSubjectIsComparedWithThePathTypedAndAfterOneDecode) {
    const auto own = rule({claim("sub", Operator::equals, scalar("{path.customer}"))});
    EXPECT_EQ(Scene(R"({"sub":"42"})", "/42/x").reason(own), Reason::allowed);
    EXPECT_EQ(Scene(R"({"sub":"a@b"})", "/a%40b/x").reason(own), Reason::allowed);
    EXPECT_EQ(Scene(R"({"sub":42})", "/42/x").reason(own), Reason::rule_denied);
    EXPECT_EQ(Scene(R"({"sub":"42 "})", "/42/x").reason(own), Reason::rule_denied);
    EXPECT_EQ(Scene(R"({"sub":"%40"})", "/%2540/x").reason(own), Reason::allowed);
    EXPECT_EQ(Scene("{\"sub\":\"\xc3\xa4\"}", "/a%CC%88/x").reason(own), Reason::rule_denied);
    EXPECT_EQ(Scene("{}", "/42/x").reason(own), Reason::rule_denied);
    EXPECT_EQ(Scene(R"({"sub":""})", "//x").reason(own), Reason::rule_denied);
}

TEST(Evaluate, ATemplateWithoutValueMakesItsRuleFalseAlsoUnderNegation) {
    Scene scene(R"({"sub":"ada","list":["ada"]})");
    for (const Operator op : {Operator::equals, Operator::not_equals, Operator::none_of,
                              Operator::one_of, Operator::prefix, Operator::suffix})
        EXPECT_EQ(scene.reason(rule({claim("sub", op, scalar("{header.x-a}"))})),
                  Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({claim("list", Operator::contains, scalar("{claim.none}"))})),
              Reason::rule_denied);
}

TEST(Evaluate, RequestPartsAreMatched) {
    Scene scene(R"({})", "/ada/x?tier=gold&a=1&a=2");
    scene.request.field("x-env", "prod").field("x-two", "1").field("x-two", "1");
    EXPECT_EQ(scene.reason(rule({asked("header.X-Env", "prod")})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({asked("query.tier", "gold")})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({asked("query.tier", "silver")})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({asked("header.x-none", "prod")})), Reason::rule_denied);
}

// Sent twice, the upstream may read the other one: that must not pass a `none` either.
TEST(Evaluate, WhatCannotBeJudgedDeniesUnderNoneAsWell) {
    Scene scene(R"({"sub":"1"})", "/ada/x?a=1&a=2&e=%zz");
    scene.request.field("x-two", "1").field("x-two", "1");
    for (const char* subject : {"header.x-two", "query.a", "query.e"}) {
        const auto it = rule({asked(subject, "1")});
        EXPECT_EQ(scene.reason(it), Reason::rule_denied) << subject;
        EXPECT_EQ(scene.reason(rule({group(EntryKind::none, {it})})), Reason::rule_denied)
            << subject;
    }
    const auto by_template = rule({claim("sub", Operator::equals, scalar("{header.x-two}"))});
    EXPECT_EQ(scene.reason(rule({group(EntryKind::none, {by_template})})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(
                  rule({group(EntryKind::any, {by_template, rule({asked("header.x-two", "1")})})})),
              Reason::rule_denied);
    const auto other = rule({claim("sub", Operator::equals, scalar("1"))});
    EXPECT_EQ(scene.reason(rule({group(EntryKind::any, {by_template, other})})), Reason::allowed);
}

TEST(Evaluate, IssuerClientAndSource) {
    Scene scene(R"({"azp":"shop"})");
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::issuer, {"a"})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::issuer, {"b"})})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::client, {"shop"})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::client, {"sho"})})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::source, {"10.0.0.0/8", "192.0.2.0/24"})})),
              Reason::allowed);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::source, {"10.0.0.0/8"})})), Reason::rule_denied);
}

TEST(Evaluate, RolesLiveWhereTheIssuerSays) {
    config::Model model = support::make_model();
    model.issuers[0].roles = {"resource_access[my.client].roles"};
    model.issuers[0].groups = {"/memberOf"};
    Scene scene(
        R"({"roles":["no"],"resource_access":{"my.client":{"roles":["yes"]}},"memberOf":["/staff"]})",
        "/ada/x", model);
    EXPECT_EQ(scene.reason(rule({role("yes")})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({role("no")})), Reason::rule_denied);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::groups, {"/staff"})})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({entry(EntryKind::groups, {"staff"})})), Reason::rule_denied);
}

TEST(Evaluate, AWeakLoginIsAskedToStepUp) {
    Scene scene(R"({"acr":"bronze"})");
    const auto strong = rule({entry(EntryKind::acr, {"silver", "gold"})});
    EXPECT_EQ(scene.reason(strong), Reason::step_up_required);
    EXPECT_EQ(scene.judge(strong).acr_values, "silver gold");
    EXPECT_EQ(scene.judge(strong).max_age, std::nullopt);
    EXPECT_EQ(Scene(R"({"acr":"gold"})").reason(strong), Reason::allowed);
    EXPECT_EQ(Scene(R"({"acr":["gold"]})").reason(strong), Reason::step_up_required);
    EXPECT_EQ(Scene("{}").reason(strong), Reason::step_up_required);
}

TEST(Evaluate, AnOldLoginIsAskedToStepUp) {
    const auto fresh = rule({max_age(std::chrono::minutes(5))});
    // test_now is 1700000000
    EXPECT_EQ(Scene(R"({"auth_time":1699999700})").reason(fresh), Reason::allowed);
    EXPECT_EQ(Scene(R"({"auth_time":1699999699})").reason(fresh), Reason::step_up_required);
    EXPECT_EQ(Scene(R"({"auth_time":1700000030})").reason(fresh), Reason::allowed); // the leeway
    EXPECT_EQ(Scene(R"({"auth_time":1700000031})").reason(fresh), Reason::step_up_required);
    EXPECT_EQ(Scene("{}").reason(fresh), Reason::step_up_required);
    EXPECT_EQ(Scene("{}").judge(fresh).max_age, 300);
}

TEST(Evaluate, WithoutATokenEveryEntryAboutClaimsIsFalse) {
    Scene scene("");
    for (const auto& entry :
         {scope("a"), role("a"), support::entry(EntryKind::groups, {"a"}),
          support::entry(EntryKind::issuer, {"a"}), support::entry(EntryKind::client, {"a"}),
          support::entry(EntryKind::acr, {"a"}), max_age(std::chrono::hours(1)),
          claim("a", Operator::exists, scalar(false)), claim("a", Operator::exists, scalar(true))})
        EXPECT_NE(scene.reason(rule({entry})), Reason::allowed);
    EXPECT_EQ(scene.reason(rule({support::entry(EntryKind::source, {"192.0.2.7"})})),
              Reason::allowed);
}

TEST(Evaluate, AShadowRuleDecidesNothingButIsSeen) {
    Scene scene(R"({"roles":["x"]})");
    const auto no = rule({role("y")}, true), yes = rule({role("x")}, true);
    EXPECT_EQ(scene.judge(no).reason, Reason::allowed);
    EXPECT_TRUE(scene.judge(no).shadow_denied);
    EXPECT_FALSE(scene.judge(yes).shadow_denied);
    const auto inside = [&](EntryKind kind, config::Rule shadow) {
        return scene.judge(rule({role("x"), group(kind, {rule({role("x")}), std::move(shadow)})}));
    };
    EXPECT_EQ(inside(EntryKind::all, no).reason, Reason::allowed);
    EXPECT_TRUE(inside(EntryKind::all, no).shadow_denied);
    EXPECT_FALSE(inside(EntryKind::all, yes).shadow_denied);
    const auto only = [&](config::Rule shadow) {
        return scene.judge(rule({group(EntryKind::none, {rule({role("y")}), std::move(shadow)})}));
    };
    EXPECT_EQ(only(yes).reason, Reason::allowed);
    EXPECT_TRUE(only(yes).shadow_denied);
    EXPECT_FALSE(only(no).shadow_denied);
    const auto any = scene.judge(rule({group(EntryKind::any, {yes, rule({role("y")})})}));
    EXPECT_EQ(any.reason, Reason::rule_denied); // a shadow alternative opens nothing
}

// It would open the group by itself, so the whole would be another: that is what is counted.
TEST(Evaluate, AShadowAlternativeThatWouldOpenIsSeen) {
    Scene scene(R"({"roles":["x"]})");
    const auto yes = rule({role("x")}, true), no = rule({role("y")}, true);
    const auto judge = [&](config::Rule first, config::Rule second) {
        return scene.judge(rule({group(EntryKind::any, {std::move(first), std::move(second)})}));
    };
    const auto opened = judge(rule({role("y")}), yes);
    EXPECT_EQ(opened.reason, Reason::rule_denied);
    EXPECT_TRUE(opened.shadow_allowed);
    EXPECT_EQ(opened.shadow_rules, 1u);
    EXPECT_FALSE(judge(rule({role("y")}), no).shadow_allowed);
    EXPECT_FALSE(judge(rule({role("x")}), yes).shadow_allowed);
    EXPECT_EQ(judge(rule({role("x")}), no).shadow_rules, 0u);
}

TEST(Evaluate, OnlyShadowRulesThatChangeTheVerdictAreSeen) {
    Scene scene(R"({"roles":["x"]})");
    const auto yes = rule({role("x")}, true), no = rule({role("y")}, true);
    // The verdict is no anyway.
    EXPECT_FALSE(scene.judge(rule({role("y"), group(EntryKind::all, {no})})).shadow_denied);
    // The other alternative holds anyway.
    const auto inner = rule({group(EntryKind::all, {no})});
    const auto covered = scene.judge(rule({group(EntryKind::any, {inner, rule({role("x")})})}));
    EXPECT_EQ(covered.reason, Reason::allowed);
    EXPECT_FALSE(covered.shadow_denied);
    const auto bare = scene.judge(rule({group(EntryKind::any, {inner, rule({role("y")})})}));
    EXPECT_TRUE(bare.shadow_denied);
    // Under `none` a rule that would fail opens, and one that would open denies.
    const auto under_none = scene.judge(rule({group(EntryKind::none, {inner})}));
    EXPECT_EQ(under_none.reason, Reason::rule_denied);
    EXPECT_TRUE(under_none.shadow_allowed);
    const auto two = scene.judge(rule({group(EntryKind::all, {yes, no, no})}));
    EXPECT_EQ(two.shadow_rules, 0b110u);
}

TEST(Evaluate, ShadowRulesChangeTheSameWithATrace) {
    Scene scene(R"({"roles":["x"]})");
    const auto no = rule({role("y")}, true), yes = rule({role("x")}, true);
    for (const EntryKind kind : {EntryKind::all, EntryKind::any, EntryKind::none})
        for (const char* name : {"x", "y"}) {
            const auto judged = rule({group(kind, {rule({role(name)}), no, yes})});
            Trace trace;
            const Verdict with = scene.judge(judged, &trace), without = scene.judge(judged);
            EXPECT_EQ(with.shadow_denied, without.shadow_denied);
            EXPECT_EQ(with.shadow_allowed, without.shadow_allowed);
            EXPECT_EQ(with.shadow_rules, without.shadow_rules);
        }
}

TEST(Evaluate, AnEmptyRuleDenies) {
    Scene scene("{}");
    EXPECT_EQ(evaluate(Rule(), scene.admission(), nullptr).reason, Reason::rule_denied);
}

TEST(Evaluate, WithATraceTheVerdictIsTheSameAndEveryEntryIsSeen) {
    Scene scene(R"({"scope":"a","roles":["x"]})");
    const auto judged =
        rule({scope("b"), group(EntryKind::any, {rule({role("x")}), rule({role("y")})}),
              claim("sub", Operator::equals, scalar("{path.customer}"))});
    Trace trace;
    const Verdict with = scene.judge(judged, &trace), without = scene.judge(judged);
    EXPECT_EQ(with.reason, without.reason);
    const auto& steps = trace.stages()[0].steps;
    ASSERT_EQ(steps.size(), 1u);
    const TraceStep& root = steps[0];
    ASSERT_EQ(root.steps.size(), 3u);
    EXPECT_EQ(root.steps[0].what, "scopes");
    EXPECT_EQ(root.steps[0].expected, "b");
    EXPECT_EQ(root.steps[0].found, "scope \"a\"");
    EXPECT_FALSE(root.steps[0].held);
    EXPECT_EQ(root.steps[1].what, "any");
    EXPECT_TRUE(root.steps[1].held);
    EXPECT_EQ(root.steps[1].steps.size(), 2u);
    EXPECT_EQ(root.steps[2].what, "claims.sub equals");
    EXPECT_EQ(root.steps[2].expected, "{path.customer} = \"ada\"");
    EXPECT_EQ(root.steps[2].found, "(missing)");
}

} // namespace
} // namespace policy::rule
