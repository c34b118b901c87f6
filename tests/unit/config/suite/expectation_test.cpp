#include "tests/unit/config/suite/support.hpp"

namespace config::suite {
namespace {

using test::report_of;

Expectation expectation(const std::string& text) {
    return test::test_of("request: GET /\n    expect: " + text).expect;
}

std::string report(const std::string& text) {
    return report_of("request: GET /\n    expect: " + text);
}

TEST(Expectation, IsAWordAStatusOrAMapping) {
    EXPECT_EQ(expectation("allow").verdict, Verdict::allow);
    EXPECT_EQ(expectation("deny").verdict, Verdict::deny);
    EXPECT_EQ(expectation("403").status, 403);
    const Expectation all = expectation("{ verdict: deny, status: 403, reason: insufficient_scope, "
                                        "route: r, upstream: u, challenge: scope, shadow: deny }");
    EXPECT_EQ(all.verdict, Verdict::deny);
    EXPECT_EQ(all.status, 403);
    EXPECT_EQ(all.reason.text, "insufficient_scope");
    EXPECT_EQ(all.reason.at, (Position{3, 51}));
    EXPECT_EQ(all.route.text, "r");
    EXPECT_EQ(all.upstream.text, "u");
    EXPECT_EQ(all.challenge.text, "scope");
    EXPECT_EQ(all.shadow, Verdict::deny);
}

TEST(Expectation, HeadersAreComparedInLowerCaseAndNullIsNone) {
    const Expectation it = expectation("{ headers: { X-User: ada, X-Empty: \"\", X-None: null } }");
    ASSERT_EQ(it.headers.size(), 3u);
    EXPECT_EQ(it.headers[0].name, "x-user");
    EXPECT_EQ(it.headers[0].value, "ada");
    EXPECT_EQ(it.headers[1].value, "");
    EXPECT_EQ(it.headers[2].value, std::nullopt);
}

TEST(Expectation, WhatIsWrongIsSaidWithItsPlace) {
    EXPECT_EQ(report("alow"),
              "3:13 expected `allow` or `deny`, found \"alow\" (did you mean `allow`?)\n");
    EXPECT_EQ(report("1000"), "3:13 expected a whole number from 100 to 599, found \"1000\"\n");
    EXPECT_EQ(report("[allow]"),
              "3:13 expected `allow`, `deny`, a status, or a mapping, found a list\n");
    EXPECT_EQ(report("{}"), "3:13 this expects nothing, so nothing could make the test fail\n");
    EXPECT_EQ(report("{ reson: x }"),
              "3:15 unknown key `reson` in an expectation (did you mean `reason`?)\n");
}

} // namespace
} // namespace config::suite
