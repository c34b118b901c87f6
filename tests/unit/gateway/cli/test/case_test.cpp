#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

std::string with_token(const std::string& token, const std::string& more = {}) {
    return more + "tests:\n  - request: GET /customers/ada/orders\n    token: " + token +
           "\n    expect: allow\n";
}

TEST(Case, ATokenIsFilledInSoThatItIsGood) {
    for (const char* token : {"{ claims: { sub: ada, scope: orders:read } }",
                              "{ issuer: other, claims: { sub: ada, scope: orders:read } }"}) {
        const Bench bench(with_token(token));
        EXPECT_EQ(bench.differences(), "") << token;
    }
}

TEST(Case, WhatIsFilledInCanBeChangedOrLeftOut) {
    const std::pair<const char*, const char*> cases[] = {
        {"aud: null", "bad_audience"},
        {"exp: null", "claim_missing"},
        {"iss: https://else.example.com", "unknown_issuer"},
        {"exp: -1h", "token_expired"},
        {"nbf: +10m", "token_not_yet_valid"},
        {"iat: 2026-01-01T13:00:00Z", "token_issued_in_future"},
        {"cnf: { jkt: x }", "token_bound"},
    };
    for (const auto& [claims, reason] : cases) {
        const Bench bench(with_token("{ claims: { " + std::string(claims) + " } }"));
        EXPECT_EQ(policy::info(bench.result(0).observed.reason).name, reason) << claims;
    }
}

TEST(Case, IssAndTheClaimOfItsTenantBelongTogether) {
    const std::string tenants = "listeners: [{ bind: 127.0.0.1:8080 }]\n"
                                "issuers:\n"
                                "  main:\n"
                                "    issuer: https://login.example.com/{tenant}/v2.0\n"
                                "    tenant: { claim: tid, one_of: [acme, globex] }\n"
                                "    audience: api\n"
                                "    keys: { jwks: https://login.example.com/keys }\n"
                                "upstreams: { orders: { targets: [http://127.0.0.1:9] } }\n"
                                "routes: [{ path: /, upstream: orders, access: authenticated }]\n";
    const std::pair<const char*, const char*> cases[] = {
        {"{}", "allowed"},
        {"{ tid: globex }", "allowed"},
        {"{ tid: other }", "unknown_issuer"},
    };
    for (const auto& [claims, reason] : cases) {
        const Bench bench("tests: [{ request: GET /, token: { claims: " + std::string(claims) +
                              " }, expect: allow }]\n",
                          tenants);
        EXPECT_EQ(policy::info(bench.result(0).observed.reason).name, reason) << claims;
    }
}

TEST(Case, AForgedTokenHasAWrongSignature) {
    const Bench bench(with_token("{ signature: wrong }"));
    EXPECT_EQ(bench.result(0).observed.reason, policy::Reason::bad_signature);
}

TEST(Case, TimeStandsStillUnlessATestSaysOtherwise) {
    const Bench bench("at: 2026-05-01T00:00:00Z\n"
                      "tests:\n"
                      "  - { request: GET /health, expect: allow }\n"
                      "  - { request: GET /health, expect: allow, at: +1h }\n"
                      "  - { request: GET /health, expect: allow, at: 1767268800 }\n");
    const auto& cases = bench.workspace.projects.front().cases;
    const policy::TimePoint may{std::chrono::seconds{1'777'593'600}};
    EXPECT_EQ(cases[0].at, may);
    EXPECT_EQ(cases[1].at, may + std::chrono::hours(1));
    EXPECT_EQ(cases[2].at, default_time);
}

TEST(Case, ATokenIsIssuedAtTheTimeOfTheFile) {
    const Bench bench("tokens: { ada: { claims: { sub: ada, scope: orders:read } } }\n"
                      "tests:\n"
                      "  - { request: GET /customers/ada/orders, token: ada, at: +5m, "
                      "expect: allow }\n"
                      "  - { request: GET /customers/ada/orders, token: ada, at: +6m, "
                      "expect: { reason: token_expired } }\n");
    EXPECT_EQ(bench.outcome.failed, 0u) << bench.differences(0) << bench.differences(1);
}

TEST(Case, WhatTheConfigurationDoesNotHaveIsAProblem) {
    const Bench bench("tests:\n"
                      "  - request: { path: /health, client: here }\n"
                      "    token: { issuer: mian }\n"
                      "    at: soon\n"
                      "    expect: { route: heath, upstream: x, reason: token_expird }\n");
    std::string text;
    for (const config::Problem& problem : bench.problems)
        text +=
            std::to_string(problem.at.line) + ": " + problem.message + " (" + problem.hint + ")\n";
    EXPECT_EQ(text,
              "4: expected a point in time, found \"soon\" (write 2026-01-01T12:00:00Z, seconds "
              "since 1970, or a distance like +10m or -1h)\n"
              "2: expected an IP address as `client`, found \"here\" ()\n"
              "3: there is no issuer `mian` (did you mean `main`?)\n"
              "5: there is no route `heath` (did you mean `health`?)\n"
              "5: there is no upstream `x` (there are `orders`)\n"
              "5: there is no reason `token_expird` (did you mean `token_expired`?)\n");
}

} // namespace
} // namespace gateway::cli::test
