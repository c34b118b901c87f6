#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

constexpr const char* tokens = "tokens:\n"
                               "  ada: { claims: { sub: ada, scope: orders:read } }\n"
                               "  poor: { claims: { sub: ada, scope: profile } }\n";

std::string differences(const std::string& token, const std::string& expect,
                        const std::string& request = "GET /customers/ada/orders") {
    const Bench bench(tokens + ("tests:\n  - request: " + request) + "\n    token: " + token +
                      "\n    expect: " + expect + "\n");
    EXPECT_TRUE(bench.problems.empty());
    return bench.differences();
}

TEST(Compare, WhatIsAsExpectedIsNoDifference) {
    EXPECT_EQ(differences("ada", "allow"), "");
    EXPECT_EQ(differences("ada", "{ reason: allowed, route: own, upstream: orders, headers: { "
                                 "X-Customer: ada, x-roles: null, authorization: null } }"),
              "");
    EXPECT_EQ(differences("poor", "{ verdict: deny, status: 403, reason: insufficient_scope, "
                                  "route: own, challenge: 'scope=\"orders:read\"' }"),
              "");
    EXPECT_EQ(differences("none", "401"), "");
    EXPECT_EQ(differences("none", "405", "POST /customers/ada/orders"), "");
}

TEST(Compare, WhatDiffersIsNamedWithBothSides) {
    EXPECT_EQ(differences("poor", "allow"), "verdict: allow != 403 insufficient_scope\n");
    EXPECT_EQ(differences("ada", "deny"), "verdict: deny != allowed\n");
    EXPECT_EQ(differences("ada", "403"), "status: 403 != allowed\n");
    EXPECT_EQ(differences("none", "403"), "status: 403 != 401 token_missing\n");
    EXPECT_EQ(differences("poor", "{ reason: rule_denied }"),
              "reason: rule_denied != 403 insufficient_scope\n");
    EXPECT_EQ(differences("ada", "{ route: health }"), "route: health != own\n");
    EXPECT_EQ(differences("none", "{ upstream: orders }"), "upstream: orders != (none)\n");
    EXPECT_EQ(differences("none", "{ route: own }", "GET /nowhere"), "route: own != (none)\n");
    EXPECT_EQ(differences("none", "{ challenge: insufficient_scope }"),
              "challenge: insufficient_scope != Bearer realm=\"api\"\n");
    EXPECT_EQ(differences("ada", "{ shadow: deny }"), "shadow: deny != allow\n");
}

TEST(Compare, HeadersAreWhatTheUpstreamGets) {
    const std::string request =
        "{ path: /customers/ada/orders, headers: { X-Customer: eve, X-Other: [a, b] } }";
    EXPECT_EQ(differences("ada", "{ headers: { x-customer: ada, x-other: 'a, b' } }", request), "");
    EXPECT_EQ(differences("ada", "{ headers: { X-Customer: eve, X-Other: null } }", request),
              "header x-customer: eve != ada\nheader x-other: (none) != a, b\n");
    EXPECT_EQ(differences("none", "{ headers: { X-Customer: ada } }"),
              "verdict: allow != 401 token_missing\n"
              "header x-customer: ada != nothing: 401 token_missing\n");
}

TEST(Compare, ARequestThatTheParserRefusesIsDenied) {
    const std::string request = "{ path: /health, headers: { Content-Length: [1, 2] } }";
    EXPECT_EQ(differences("none", "{ status: 400, reason: bad_request }", request), "");
    EXPECT_EQ(differences("none", "allow", request), "verdict: allow != 400 bad_request\n");
}

} // namespace
} // namespace gateway::cli::test
