#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

std::string file_with(const std::string& kind, const std::string& matches) {
    return "policies:\n  p:\n    " + kind + ":\n" + matches;
}

std::vector<Match> matches_of(const std::string& kind, const std::string& matches,
                              const test::Variables& variables = {}) {
    const Model model = test::model_of(file_with(kind, matches), variables);
    if (model.policies.empty() || model.policies[0].rule.entries.empty()) return {};
    return model.policies[0].rule.entries[0].matches;
}

std::string report_for(const std::string& kind, const std::string& match) {
    return test::report_of(file_with(kind, "      " + match + "\n"));
}

template <class T> bool holds(const Scalar& scalar, const T& value) {
    const T* found = std::get_if<T>(&scalar.value);
    return found && *found == value;
}

TEST(Matchers, AreScalarsListsOrOperators) {
    const std::vector<Match> matches =
        matches_of("claims", "      tenant: acme\n"
                             "      level: [3, \"3\"]\n"
                             "      age: { at_least: 18, not_equals: 99 }\n"
                             "      \"https://a/b\": { exists: false }\n");
    ASSERT_EQ(matches.size(), 4u);
    EXPECT_EQ(matches[0].subject, "tenant");
    EXPECT_EQ(matches[0].at, (Position{4, 7}));
    ASSERT_EQ(matches[0].conditions.size(), 1u);
    EXPECT_EQ(matches[0].conditions[0].op, Operator::equals);
    EXPECT_EQ(matches[0].conditions[0].at, (Position{4, 15}));
    EXPECT_EQ(matches[1].conditions[0].op, Operator::one_of);
    EXPECT_TRUE(holds<std::int64_t>(matches[1].conditions[0].operands[0], 3));
    EXPECT_TRUE(holds<std::string>(matches[1].conditions[0].operands[1], "3"));
    ASSERT_EQ(matches[2].conditions.size(), 2u);
    EXPECT_EQ(matches[2].conditions[0].op, Operator::at_least);
    EXPECT_EQ(matches[2].conditions[0].at, (Position{6, 14}));
    EXPECT_EQ(matches[2].conditions[1].op, Operator::not_equals);
    EXPECT_EQ(matches[3].conditions[0].op, Operator::exists);
    EXPECT_TRUE(holds(matches[3].conditions[0].operands[0], false));
}

TEST(Matchers, KeepTheTypeOfEachScalar) {
    const std::vector<Match> matches =
        matches_of("claims", "      a: [5, \"5\", true, 'true', 1.5, null, ~, \"\", x y]\n");
    ASSERT_EQ(matches.size(), 1u);
    const std::vector<Scalar>& operands = matches[0].conditions[0].operands;
    ASSERT_EQ(operands.size(), 9u);
    EXPECT_TRUE(holds<std::int64_t>(operands[0], 5));
    EXPECT_TRUE(holds<std::string>(operands[1], "5"));
    EXPECT_TRUE(holds(operands[2], true));
    EXPECT_TRUE(holds<std::string>(operands[3], "true"));
    EXPECT_TRUE(holds(operands[4], 1.5));
    EXPECT_TRUE(holds(operands[5], nullptr));
    EXPECT_TRUE(holds(operands[6], nullptr));
    EXPECT_TRUE(holds<std::string>(operands[7], ""));
    EXPECT_TRUE(holds<std::string>(operands[8], "x y"));
    EXPECT_EQ(operands[1].at, (Position{4, 14}));
}

TEST(Matchers, KnowEveryOperator) {
    const std::vector<Match> matches =
        matches_of("claims", "      a: { equals: 1, not_equals: 2, one_of: [3], none_of: [4], "
                             "contains: 5, contains_any: [6],\n"
                             "           contains_all: [7], prefix: a, suffix: 8, matches: "
                             "\"^x$\", at_least: 0.5, at_most: -1,\n"
                             "           exists: true }\n");
    ASSERT_EQ(matches.size(), 1u);
    ASSERT_EQ(matches[0].conditions.size(), 13u);
    for (std::size_t i = 0; i < 13; ++i)
        EXPECT_EQ(matches[0].conditions[i].op, static_cast<Operator>(i));
    EXPECT_TRUE(holds<std::string>(matches[0].conditions[8].operands[0], "8"));
    EXPECT_TRUE(holds(matches[0].conditions[10].operands[0], 0.5));
    EXPECT_TRUE(holds<std::int64_t>(matches[0].conditions[11].operands[0], -1));
}

TEST(Matchers, OfRequestsCompareTexts) {
    const std::vector<Match> matches = matches_of(
        "request",
        "      header.X-Key: ${KEY}\n      query.page: { one_of: [\"1\", a], exists: true }\n",
        {{"KEY", "007"}});
    ASSERT_EQ(matches.size(), 2u);
    EXPECT_TRUE(holds<std::string>(matches[0].conditions[0].operands[0], "007"));
    EXPECT_EQ(matches[1].subject, "query.page");
}

struct Row {
    std::string match;
    std::string problem;
};

TEST(Matchers, ThatAreWrongSayWhere) {
    const Row table[] = {
        {"a:", "4:7 expected a value, found nothing (write null if you mean it)"},
        {"a: []", "4:10 this list is empty (name at least one, or remove the key)"},
        {"a: {}", "4:10 this matcher asks for nothing (write a value, a list or operators)"},
        {"a: {path.id}",
         "4:10 expected a value or operators, found a mapping (quote it: \"{path.id}\")"},
        {"a: [[b]]", "4:11 expected a value, found a list"},
        {"a: [{path.id}]", "4:11 expected a value, found a mapping (quote it: \"{path.id}\")"},
        {"a: yes", "4:10 \"yes\" may be a text or a boolean (write true, or quote it)"},
        {"a: [NO]", "4:11 \"NO\" may be a text or a boolean (write false, or quote it)"},
        {"a: 010",
         "4:10 \"010\" may be a text or a number (write a plain decimal number, or quote it)"},
        {"a: { equal: 5 }", "4:12 unknown key `equal` in a matcher (did you mean `equals`?)"},
        {"a: { one_of: b }", "4:20 expected a list of values, found \"b\" (write `[b]`)"},
        {"a: { contains: [b] }", "4:22 expected a value, found a list"},
        {"a: { at_least: \"5\" }", "4:22 expected a number, found \"5\" (write it without quotes)"},
        {"a: { at_most: x }", "4:21 expected a number, found \"x\""},
        {"a: { exists: \"true\" }",
         "4:20 expected true or false, found \"true\" (write true without quotes)"},
        {"a: { prefix: [b] }", "4:20 expected a string, found a list"},
        {"\"\": 1", "4:7 this name is empty or holds a control byte"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_for("claims", row.match), row.problem + "\n") << row.match;
}

TEST(Matchers, OfRequestsThatCanNeverHoldAreErrors) {
    const Row table[] = {
        {"header.X-Level: 5",
         "4:23 a header or query parameter is always a text (quote it: \"5\")"},
        {"header.X-Level: [true]",
         "4:24 a header or query parameter is always a text (quote it: \"true\")"},
        {"query.n: { at_least: 5 }",
         "4:28 a header or query parameter is a text and cannot be compared with a number "
         "(use `matches`, or compare a claim)"},
        {"X-Level: a", "4:7 `X-Level` is no part of a request (write header.NAME or query.NAME)"},
        {"header.a b: x",
         "4:7 `header.a b` is no part of a request (write header.NAME or query.NAME)"},
        {"query.: x", "4:7 `query.` is no part of a request (write header.NAME or query.NAME)"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_for("request", row.match), row.problem + "\n") << row.match;
}

TEST(Matchers, StandInAMapping) {
    EXPECT_EQ(test::report_of("policies: { p: { claims: [a] } }\n"),
              "1:26 expected a mapping for `claims`, found a list\n");
    EXPECT_EQ(test::report_of("policies: { p: { request: {} } }\n"),
              "1:27 this mapping is empty (name a header or query parameter)\n");
}

} // namespace
} // namespace config
