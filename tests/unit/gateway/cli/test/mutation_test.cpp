#include "gateway/cli/test/mutation.hpp"
#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

constexpr const char* tests =
    "tokens:\n"
    "  ada: { claims: { sub: ada, scope: orders:read } }\n"
    "  staff: { claims: { sub: sue, scope: orders:read, roles: support } }\n"
    "tests:\n"
    "  - { request: GET /health, expect: allow }\n"
    "  - { request: GET /customers/ada/orders, expect: 401 }\n"
    "  - { request: POST /customers/ada/orders, expect: 405 }\n"
    "  - { request: GET /customers/bob/orders, token: ada, expect: 403 }\n"
    "  - { request: GET /customers/bob/orders, token: staff, expect: allow }\n"
    "  - request: GET /customers/ada/orders\n"
    "    token: ada\n"
    "    expect: { headers: { X-Customer: ada } }\n"
    "  - request: GET /customers/ada/orders\n"
    "    token: { like: ada, claims: { roles: [x, y] } }\n"
    "    expect: { headers: { X-Roles: \"x,y\" } }\n";

constexpr const char* no_scope = "  - request: GET /customers/ada/orders\n"
                                 "    token: { like: ada, claims: { scope: profile } }\n"
                                 "    expect: 403\n";

MutationOutcome check(const Bench& bench) {
    EXPECT_EQ(bench.outcome.failed, 0u) << bench.differences(0);
    return check_mutants(bench.outcome.projects.front(), [](std::size_t, std::size_t) {});
}

std::string survivors(const MutationOutcome& outcome) {
    std::string text;
    for (const Mutant& mutant : outcome.survivors)
        text += std::to_string(mutant.at.line) + " " + mutant.change + "\n";
    return text;
}

TEST(Mutation, WhatNoTestNoticesIsWhatTheTestsDoNotSay) {
    const MutationOutcome outcome = check(Bench(tests));
    EXPECT_EQ(survivors(outcome), "15 without scopes\n");
    EXPECT_GT(outcome.noticed, 12u);
}

TEST(Mutation, TestsThatSayEverythingLeaveNoSurvivor) {
    EXPECT_EQ(survivors(check(Bench(std::string(tests) + no_scope))), "");
}

TEST(Mutation, ARouteWithoutTestsIsAllSurvivors) {
    const MutationOutcome outcome =
        check(Bench("tests: [{ request: GET /health, expect: allow }]\n"));
    EXPECT_EQ(outcome.noticed, 1u);
    EXPECT_NE(survivors(outcome).find("10 access: public\n"), std::string::npos);
}

TEST(Mutation, HeadersThatOtherRoutesWriteAreStillTakenAway) {
    // Only `own` writes X-Customer; the mutants of `health` must not let the client's pass.
    const Bench bench("tests:\n"
                      "  - request: { path: /health, headers: { X-Customer: eve } }\n"
                      "    expect: { headers: { X-Customer: null } }\n");
    EXPECT_EQ(check(bench).noticed, 1u);
}

TEST(Mutation, SaysHowFarItIs) {
    const Bench bench(tests);
    std::vector<std::pair<std::size_t, std::size_t>> calls;
    const MutationOutcome outcome =
        check_mutants(bench.outcome.projects.front(),
                      [&](std::size_t done, std::size_t all) { calls.emplace_back(done, all); });
    ASSERT_EQ(calls.size(), 2u);
    EXPECT_EQ(calls.front().first, 0u);
    EXPECT_EQ(calls.back(), std::pair(outcome.all(), outcome.all()));
}

} // namespace
} // namespace gateway::cli::test
