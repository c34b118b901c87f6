#include "policy/rule/matcher.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace policy::rule {
namespace {

using config::EntryKind;
using config::Operator;
using support::scalar;
using support::Scene;
using Scalars = std::vector<config::Scalar>;

constexpr const char* claims =
    R"({"s":"ada","n":5,"r":5.0,"f":1.5,"big":9007199254740993,"t":true,"null":null,"list":["a",5,true,null],)"
    R"("object":{"a":1},"empty":[],"email":"ada@acme.example","lines":"a\nb","num":"5"})";

bool holds(const char* subject, Operator op, Scalars operands) {
    static Scene scene(claims);
    const auto rule = support::rule(
        {support::matches(EntryKind::claims, {support::match(subject, op, std::move(operands))})});
    return scene.reason(rule) == Reason::allowed;
}

TEST(Matcher, EqualityIsTyped) {
    EXPECT_TRUE(holds("s", Operator::equals, {scalar("ada")}));
    EXPECT_TRUE(holds("n", Operator::equals, {scalar(5)}));
    EXPECT_TRUE(holds("r", Operator::equals, {scalar(5)})); // JSON has one kind of number
    EXPECT_TRUE(holds("f", Operator::equals, {scalar(1.5)}));
    EXPECT_TRUE(holds("t", Operator::equals, {scalar(true)}));
    EXPECT_TRUE(holds("null", Operator::equals, {scalar(nullptr)}));
    EXPECT_TRUE(holds("num", Operator::equals, {scalar("5")}));

    EXPECT_FALSE(holds("s", Operator::equals, {scalar("Ada")}));
    EXPECT_FALSE(holds("s", Operator::equals, {scalar("ada ")}));
    EXPECT_FALSE(holds("n", Operator::equals, {scalar("5")}));
    EXPECT_FALSE(holds("num", Operator::equals, {scalar(5)}));
    EXPECT_FALSE(holds("t", Operator::equals, {scalar("true")}));
    EXPECT_FALSE(holds("t", Operator::equals, {scalar(1)}));
    EXPECT_FALSE(holds("null", Operator::equals, {scalar("null")}));
    EXPECT_FALSE(holds("null", Operator::equals, {scalar(false)}));
    EXPECT_FALSE(holds("big", Operator::equals, {scalar(9007199254740992.0)}));
    EXPECT_FALSE(holds("list", Operator::equals, {scalar("a")}));
    EXPECT_FALSE(holds("object", Operator::equals, {scalar(1)}));
}

TEST(Matcher, NegationsNeedAScalarThatIsThere) {
    EXPECT_TRUE(holds("s", Operator::not_equals, {scalar("bob")}));
    EXPECT_TRUE(holds("n", Operator::not_equals, {scalar("5")}));
    EXPECT_TRUE(holds("null", Operator::not_equals, {scalar("x")}));
    EXPECT_TRUE(holds("s", Operator::none_of, {scalar("bob"), scalar("eve")}));
    EXPECT_FALSE(holds("s", Operator::not_equals, {scalar("ada")}));
    EXPECT_FALSE(holds("s", Operator::none_of, {scalar("bob"), scalar("ada")}));
    for (const char* subject : {"missing", "list", "object", "empty"}) {
        EXPECT_FALSE(holds(subject, Operator::not_equals, {scalar("x")})) << subject;
        EXPECT_FALSE(holds(subject, Operator::none_of, {scalar("x")})) << subject;
    }
}

TEST(Matcher, OneOfIsAnyOfTheList) {
    EXPECT_TRUE(holds("s", Operator::one_of, {scalar("bob"), scalar("ada")}));
    EXPECT_TRUE(holds("n", Operator::one_of, {scalar("x"), scalar(5)}));
    EXPECT_FALSE(holds("s", Operator::one_of, {scalar("bob"), scalar("eve")}));
    EXPECT_FALSE(holds("list", Operator::one_of, {scalar("a")}));
}

TEST(Matcher, ContainsIsAboutElements) {
    EXPECT_TRUE(holds("list", Operator::contains, {scalar("a")}));
    EXPECT_TRUE(holds("list", Operator::contains, {scalar(5)}));
    EXPECT_TRUE(holds("list", Operator::contains, {scalar(nullptr)}));
    EXPECT_TRUE(holds("list", Operator::contains_any, {scalar("x"), scalar("a")}));
    EXPECT_TRUE(holds("list", Operator::contains_all, {scalar("a"), scalar(true)}));
    EXPECT_FALSE(holds("list", Operator::contains, {scalar("5")}));
    EXPECT_FALSE(holds("list", Operator::contains_any, {scalar("x"), scalar("y")}));
    EXPECT_FALSE(holds("list", Operator::contains_all, {scalar("a"), scalar("x")}));
    EXPECT_FALSE(holds("empty", Operator::contains, {scalar("a")}));
    EXPECT_FALSE(holds("empty", Operator::contains_all, {scalar("a")}));
    for (const char* subject : {"s", "email", "object", "missing", "null"}) {
        EXPECT_FALSE(holds(subject, Operator::contains, {scalar("a")})) << subject;
        EXPECT_FALSE(holds(subject, Operator::contains_all, {scalar("a")})) << subject;
    }
}

TEST(Matcher, AffixesAreAboutStrings) {
    EXPECT_TRUE(holds("email", Operator::suffix, {scalar("@acme.example")}));
    EXPECT_TRUE(holds("email", Operator::prefix, {scalar("ada@")}));
    EXPECT_FALSE(holds("email", Operator::suffix, {scalar("@acme")}));
    EXPECT_FALSE(holds("s", Operator::prefix, {scalar("adab")}));
    EXPECT_FALSE(holds("n", Operator::prefix, {scalar("5")}));
    EXPECT_FALSE(holds("list", Operator::prefix, {scalar("a")}));
    EXPECT_FALSE(holds("missing", Operator::prefix, {scalar("a")}));
}

TEST(Matcher, PatternsMatchTheWholeValue) {
    EXPECT_TRUE(holds("email", Operator::matches, {scalar("[a-z]{3}@acme\\.example")}));
    EXPECT_FALSE(holds("email", Operator::matches, {scalar("ada")}));
    EXPECT_FALSE(holds("email", Operator::matches, {scalar("acme\\.example")}));
    EXPECT_FALSE(holds("lines", Operator::matches, {scalar("a")}));
    EXPECT_FALSE(holds("lines", Operator::matches, {scalar("a.b")}));
    EXPECT_FALSE(holds("n", Operator::matches, {scalar("5")}));
    EXPECT_FALSE(holds("missing", Operator::matches, {scalar(".*")}));
}

TEST(Matcher, BoundsAreAboutNumbers) {
    EXPECT_TRUE(holds("n", Operator::at_least, {scalar(5)}));
    EXPECT_TRUE(holds("n", Operator::at_most, {scalar(5)}));
    EXPECT_TRUE(holds("f", Operator::at_least, {scalar(1)}));
    EXPECT_TRUE(holds("big", Operator::at_least, {scalar(9007199254740992.0)}));
    EXPECT_FALSE(holds("big", Operator::at_most, {scalar(9007199254740992.0)}));
    EXPECT_FALSE(holds("n", Operator::at_least, {scalar(5.001)}));
    EXPECT_FALSE(holds("n", Operator::at_most, {scalar(4)}));
    for (const char* subject : {"num", "missing", "null", "t", "list"}) {
        EXPECT_FALSE(holds(subject, Operator::at_least, {scalar(0)})) << subject;
        EXPECT_FALSE(holds(subject, Operator::at_most, {scalar(9)})) << subject;
    }
}

TEST(Matcher, ExistsSeesNullAndAbsence) {
    EXPECT_TRUE(holds("s", Operator::exists, {scalar(true)}));
    EXPECT_TRUE(holds("null", Operator::exists, {scalar(true)}));
    EXPECT_TRUE(holds("missing", Operator::exists, {scalar(false)}));
    EXPECT_FALSE(holds("s", Operator::exists, {scalar(false)}));
    EXPECT_FALSE(holds("null", Operator::exists, {scalar(false)}));
    EXPECT_FALSE(holds("missing", Operator::exists, {scalar(true)}));
}

std::string problem_of(EntryKind kind, const char* subject, Operator op, Scalars operands) {
    config::Problems problems;
    const auto rule =
        support::rule({support::matches(kind, {support::match(subject, op, std::move(operands))})});
    Rule::compile(rule, support::make_model(), {}, problems);
    return problems.empty() ? "" : problems[0].message;
}

TEST(Matcher, OperandsOfAnImpossibleTypeAreErrors) {
    const EntryKind c = EntryKind::claims;
    EXPECT_NE(problem_of(c, "a", Operator::at_least, {scalar("5")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::at_most, {scalar(true)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::exists, {scalar("true")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::prefix, {scalar(5)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::prefix, {scalar("")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::suffix, {scalar(nullptr)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::matches, {scalar(5)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::matches, {scalar("(")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::matches, {scalar("(?=a)")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::matches, {scalar(std::string(1025, 'a'))}), "");
    EXPECT_NE(problem_of(c, "a", Operator::matches, {scalar("((a{100}){100}){100}")}), "");
    EXPECT_NE(problem_of(c, "a", Operator::equals, {}), "");
    EXPECT_NE(problem_of(c, "a", Operator::equals, {scalar(1), scalar(2)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::one_of, {}), "");
    EXPECT_NE(problem_of(c, "a", Operator::contains_all, {}), "");
    EXPECT_NE(
        problem_of(c, "a", Operator::equals, {scalar(std::numeric_limits<double>::infinity())}),
        "");
    EXPECT_NE(problem_of(c, "a..b", Operator::equals, {scalar(1)}), "");
    EXPECT_NE(problem_of(c, "a", Operator::equals, {scalar("{path.x}")}), "");
    EXPECT_EQ(problem_of(c, "a", Operator::equals, {scalar("")}), "");
}

TEST(Matcher, ValuesOfARequestAreStrings) {
    const EntryKind r = EntryKind::request;
    EXPECT_EQ(problem_of(r, "header.X-A", Operator::equals, {scalar("5")}), "");
    EXPECT_EQ(problem_of(r, "query.a", Operator::exists, {scalar(true)}), "");
    EXPECT_NE(problem_of(r, "header.x-a", Operator::equals, {scalar(5)}), "");
    EXPECT_NE(problem_of(r, "header.x-a", Operator::at_least, {scalar(5)}), "");
    EXPECT_NE(problem_of(r, "header.x-a", Operator::contains, {scalar("a")}), "");
    EXPECT_NE(problem_of(r, "header.", Operator::equals, {scalar("a")}), "");
    EXPECT_NE(problem_of(r, "header", Operator::equals, {scalar("a")}), "");
    EXPECT_NE(problem_of(r, "path.x", Operator::equals, {scalar("a")}), "");
    EXPECT_NE(problem_of(r, "", Operator::equals, {scalar("a")}), "");
}

} // namespace
} // namespace policy::rule
