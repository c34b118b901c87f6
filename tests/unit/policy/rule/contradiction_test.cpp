#include "policy/rule/contradiction.hpp"
#include "policy/rule/matcher.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using config::Condition;
using config::Operator;
using support::scalar;

Condition is(Operator op, std::vector<config::Scalar> operands) { return {{5, 1}, op, operands}; }

std::string problem_of(std::vector<Condition> conditions) {
    const config::Match match{{4, 1}, "x", std::move(conditions)};
    const auto found = find_contradiction(match);
    return found ? found->message : "";
}

const Condition missing = is(Operator::exists, {scalar(false)});
const Condition there = is(Operator::exists, {scalar(true)});
const Condition a = is(Operator::equals, {scalar("a")});
const Condition five = is(Operator::equals, {scalar(5)});
const Condition templated = is(Operator::equals, {scalar("{path.id}")});

TEST(Contradiction, IsWhatNoValueFulfils) {
    const std::string none_of_equals =
        "no value of `equals` fulfils the other conditions beside it";
    const std::string none_of_list = "no value of `one_of` fulfils the other conditions beside it";
    const struct {
        std::vector<Condition> conditions;
        std::string problem;
    } table[] = {
        {{missing, a},
         "a claim that is missing matches nothing else: `exists` and `equals` can never hold "
         "together"},
        {{is(Operator::none_of, {scalar("a")}), missing},
         "a claim that is missing matches nothing else: `none_of` and `exists` can never hold "
         "together"},
        {{is(Operator::at_least, {scalar(5)}), is(Operator::at_most, {scalar(4.5)})},
         "`at_least` is more than `at_most`: no number is both"},
        {{is(Operator::at_least, {scalar(5)}), is(Operator::prefix, {scalar("a")})},
         "`at_least` looks at numbers, `prefix` at texts: they can never hold together"},
        {{is(Operator::contains, {scalar("a")}), is(Operator::matches, {scalar("a")})},
         "`contains` looks at lists, `matches` at texts: they can never hold together"},
        {{is(Operator::not_equals, {scalar("b")}), is(Operator::contains_any, {scalar("a")})},
         "`not_equals` looks at single values, `contains_any` at lists: they can never hold "
         "together"},
        {{a, is(Operator::one_of, {scalar("b"), scalar("c")})}, none_of_equals},
        {{a, is(Operator::not_equals, {scalar("a")})}, none_of_equals},
        {{a, is(Operator::none_of, {scalar("b"), scalar("a")})}, none_of_equals},
        {{a, is(Operator::prefix, {scalar("ab")})}, none_of_equals},
        {{a, is(Operator::suffix, {scalar("b")})}, none_of_equals},
        {{a, is(Operator::matches, {scalar("[b-z]")})}, none_of_equals},
        {{a, is(Operator::at_least, {scalar(1)})}, none_of_equals},
        {{five, is(Operator::at_most, {scalar(4)})}, none_of_equals},
        {{five, is(Operator::prefix, {scalar("5")})}, none_of_equals},
        {{is(Operator::one_of, {scalar("a"), scalar("b")}), is(Operator::prefix, {scalar("c")})},
         none_of_list},
        {{is(Operator::one_of, {scalar("a"), scalar(7)}), is(Operator::at_most, {scalar(6)})},
         none_of_list},
    };
    for (const auto& row : table) EXPECT_EQ(problem_of(row.conditions), row.problem);
}

TEST(Contradiction, IsNotWhatSomeValueMayFulfil) {
    const std::vector<Condition> table[] = {
        {a},
        {missing},
        {there, a},
        {a, is(Operator::one_of, {scalar("b"), scalar("a")})},
        {a, is(Operator::prefix, {scalar("a")}), is(Operator::matches, {scalar("[a-c]")})},
        {five, is(Operator::at_least, {scalar(5)}), is(Operator::at_most, {scalar(5.0)})},
        {is(Operator::at_least, {scalar(5)}), is(Operator::at_most, {scalar(5)})},
        {is(Operator::one_of, {scalar("a"), scalar("b")}), is(Operator::not_equals, {scalar("a")})},
        {is(Operator::contains, {scalar("a")}), is(Operator::contains_all, {scalar("b")})},
        {is(Operator::equals, {scalar(5.0)}), is(Operator::one_of, {scalar(5)})},
        {templated, is(Operator::prefix, {scalar("a")})},
        {a, is(Operator::one_of, {scalar("{claim.x}")})},
        {a, is(Operator::none_of, {scalar("{claim.x}")})},
        {a, is(Operator::prefix, {scalar("{claim.x}")})},
        {is(Operator::equals, {scalar(nullptr)}), there},
    };
    for (const auto& row : table) EXPECT_EQ(problem_of(row), "");
}

TEST(Contradiction, IsAnErrorOfTheMatcher) {
    config::Problems problems;
    const config::Match match{{4, 1}, "x", {a, is(Operator::prefix, {scalar("b")})}};
    Matcher::compile(match, Matcher::Subjects::claims, {}, "gateway.yaml", problems);
    EXPECT_EQ(support::text_of(problems),
              "gateway.yaml:5: no value of `equals` fulfils the other conditions beside it\n");
}

} // namespace
} // namespace policy::rule
