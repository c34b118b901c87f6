#include "tests/unit/config/suite/support.hpp"

namespace config::suite {
namespace {

using test::report_of;

std::vector<suite::Test> tests_of(const std::string& lines) {
    const Loaded loaded = load_text("tokens: { ada: {}, bob: {} }\ntests:\n  - " + lines, "a.yaml");
    EXPECT_TRUE(loaded.suite) << config::test::report(loaded.problems);
    return loaded.suite ? loaded.suite->tests : std::vector<suite::Test>{};
}

TEST(Rows, EachRowIsATestOfItsOwn) {
    const auto tests = tests_of("name: reads\n"
                                "    request: GET /users/${who}/x?a=${n}\n"
                                "    token: ${who}\n"
                                "    expect: ${end}\n"
                                "    each:\n"
                                "      - { who: ada, n: 1, end: allow }\n"
                                "      - { who: bob, n: 2, end: 403 }\n");
    ASSERT_EQ(tests.size(), 2u);
    EXPECT_EQ(tests[0].name, "reads [who=ada, n=1, end=allow]");
    EXPECT_EQ(tests[0].request.path, "/users/ada/x?a=1");
    EXPECT_EQ(tests[0].token->name, "ada");
    EXPECT_EQ(tests[0].expect.verdict, Verdict::allow);
    EXPECT_EQ(tests[1].request.path, "/users/bob/x?a=2");
    EXPECT_EQ(tests[1].expect.status, 403);
    EXPECT_EQ(tests[1].at, (Position{3, 5}));
}

TEST(Rows, AWholeValueKeepsItsTypeAndAPartIsText) {
    const auto tests = tests_of("request: GET /\n"
                                "    token: { claims: { whole: \"${v}\", part: \"${n}\", "
                                "inside: \"0${n}\" } }\n"
                                "    expect: allow\n"
                                "    each: [{ v: [1, { a: null }], n: 7 }]\n");
    ASSERT_EQ(tests.size(), 1u);
    EXPECT_EQ(test::text_of(tests[0].token->claims), R"(whole=[1,{"a":null}] part=7 inside="07")");
}

TEST(Rows, WhatIsWrongIsSaidOnceWithItsPlace) {
    EXPECT_EQ(report_of("request: GET /${pth}\n"
                        "    expect: allow\n"
                        "    each: [{ path: a }, { path: b }]\n"),
              "2:14 a row of `each` has no `pth` (did you mean `path`?)\n");
    EXPECT_EQ(report_of("request: GET /${l}\n    expect: allow\n    each: [{ l: [] }]\n"),
              "2:14 `l` is no text in a row (only a text can stand inside a text)\n");
    EXPECT_EQ(report_of("request: GET /\n    expect: allow\n    each: []\n"),
              "4:11 this list is empty (name at least one, or remove the key)\n");
    EXPECT_EQ(report_of("request: GET /\n    expect: allow\n    each: [1]\n"),
              "4:12 expected a mapping for a row of `each`, found \"1\"\n");
}

TEST(Rows, AreBounded) {
    std::string lines = "request: GET /\n    expect: allow\n    each:\n";
    for (int i = 0; i < 10'001; ++i) lines += "      - { a: 1 }\n";
    EXPECT_EQ(report_of(lines), "10005:9 a file has at most 10,000 rows (make several files)\n");
}

} // namespace
} // namespace config::suite
