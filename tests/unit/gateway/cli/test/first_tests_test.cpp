#include "gateway/cli/test/first_tests.hpp"
#include "gateway/cli/test/solve.hpp"
#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

/// A configuration with one route `r` and this access.
std::string with_access(const std::string& access,
                        const std::string& path = "/t/{tenant}/{n:int}") {
    return "listeners: [{ bind: 127.0.0.1:1 }]\n"
           "issuers:\n"
           "  a: { issuer: https://a.example.com, audience: x }\n"
           "  b: { issuer: https://b.example.com, audience: x, roles: [app.roles] }\n"
           "upstreams: { u: { targets: [http://127.0.0.1:9] } }\n"
           "policies: { staff: { groups: [staff] } }\n"
           "routes:\n"
           "  - { name: r, path: \"" +
           path + "\", upstream: u, access: " + access + " }\n";
}

FirstTests first_tests(const std::string& configuration) {
    config::Loaded loaded = config::load_text(configuration, "c.yaml");
    EXPECT_TRUE(loaded.model) << config::to_text(loaded.problems, configuration);
    const auto rehearsal = policy::Rehearsal::make(*loaded.model, loaded.problems);
    return write_first_tests(*rehearsal, "c.yaml");
}

/// The line `token:` of the first test, or of all text where there is none.
std::string first_token(const std::string& access) {
    const FirstTests first = first_tests(with_access(access));
    EXPECT_EQ(first.unsolved, 0u) << access << '\n' << first.yaml;
    const std::size_t at = first.yaml.find("token: ");
    return first.yaml.substr(at, first.yaml.find('\n', at) - at);
}

TEST(FirstTests, AreWrittenRouteByRoute) {
    const FirstTests first = first_tests(with_access("{ scopes: [r, w] }"));
    EXPECT_EQ(first.tests, 5u);
    EXPECT_EQ(
        first.yaml,
        "# Policy tests, written by `claimgate test --init`. Run them with `claimgate test`.\n"
        "config: c.yaml\n"
        "\n"
        "tests:\n"
        "  # r: /t/{tenant}/{n:int}\n"
        "  - name: \"r: allowed\"\n"
        "    request: GET /t/tenant-1/7\n"
        "    token: { claims: { sub: ada, scope: \"r w\" } }\n"
        "    expect: { verdict: allow, route: r }\n"
        "  - name: \"r: without a token\"\n"
        "    request: GET /t/tenant-1/7\n"
        "    expect: { status: 401, reason: token_missing }\n"
        "  - name: \"r: refused without scopes\"\n"
        "    request: GET /t/tenant-1/7\n"
        "    token: { claims: { sub: ada } }\n"
        "    expect: { status: 403, reason: insufficient_scope }\n"
        "  - name: \"r: refused without scopes r\"\n"
        "    request: GET /t/tenant-1/7\n"
        "    token: { claims: { sub: ada, scope: w } }\n"
        "    expect: { status: 403, reason: insufficient_scope }\n"
        "  - name: \"r: refused without scopes w\"\n"
        "    request: GET /t/tenant-1/7\n"
        "    token: { claims: { sub: ada, scope: r } }\n"
        "    expect: { status: 403, reason: insufficient_scope }\n"
        "\n");
}

TEST(FirstTests, ClaimsAreMadeUpForEachEntryAndOperator) {
    const std::pair<const char*, const char*> cases[] = {
        {"{ any_scope: [r, w] }", "{ sub: ada, scope: r }"},
        {"{ roles: [x, y] }", "{ sub: ada, roles: [x, y] }"},
        {"{ policy: staff }", "{ sub: ada, groups: [staff] }"},
        {"{ client: job }", "{ sub: ada, azp: job }"},
        {"{ acr: [gold] }", "{ sub: ada, acr: gold }"},
        {"{ max_age: 5m }", "{ sub: ada, auth_time: \"-1s\" }"},
        {"{ claims: { a.b: 5 } }", "{ sub: ada, a: { b: 5 } }"},
        {"{ claims: { a: [x, y] } }", "{ sub: ada, a: x }"},
        {"{ claims: { a: { contains_all: [x, y] } } }", "{ sub: ada, a: [x, y] }"},
        {"{ claims: { a: { prefix: p, suffix: s } } }", "{ sub: ada, a: pxs }"},
        {"{ claims: { a: { at_least: 2, at_most: 9 } } }", "{ sub: ada, a: 2 }"},
        {"{ claims: { a: { matches: \"[a-c]{2}-\\\\d+\" } } }", "{ sub: ada, a: aa-1 }"},
        {"{ claims: { a: { exists: true } } }", "{ sub: ada, a: x }"},
        {"{ claims: { a: { not_equals: 0 } } }", "{ sub: ada, a: 1 }"},
        {"{ claims: { tenant: \"{path.tenant}\", n: \"{path.n}\" } }",
         "{ sub: ada, tenant: tenant-1, n: \"7\" }"},
        {"{ claims: { a: \"{claim.org}/{client.ip}\" } }",
         "{ sub: ada, org: org-1, a: org-1/127.0.0.1 }"},
        {"{ all: [{ roles: [x] }, { none: [{ claims: { s: true } }] }] }",
         "{ sub: ada, roles: [x] }"},
    };
    for (const auto& [access, claims] : cases)
        EXPECT_EQ(first_token(access), "token: { claims: " + std::string(claims) + " }") << access;
    EXPECT_EQ(first_token("{ roles: [x], issuer: b }"),
              "token: { issuer: b, claims: { sub: ada, app: { roles: [x] } } }");
}

TEST(FirstTests, TheRequestIsMadeUpToo) {
    const FirstTests first = first_tests(with_access(
        "{ source: [10.1.0.0/16], request: { header.X-Job: nightly, query.v: [\"1\"] } }",
        "/a/**"));
    EXPECT_NE(
        first.yaml.find("request: { path: \"/a/something?v=1\", client: \"10.1.0.0\", headers: "
                        "{ X-Job: nightly } }"),
        std::string::npos)
        << first.yaml;
    EXPECT_NE(first.yaml.find("refused without source"), std::string::npos);
    EXPECT_NE(first.yaml.find("refused without request.header.X-Job equals"), std::string::npos);
}

TEST(FirstTests, EveryAlternativeIsTried) {
    const FirstTests first =
        first_tests(with_access("{ any: [{ roles: [x] }, { client: c }, { groups: [g] }] }"));
    EXPECT_NE(first.yaml.find("allowed, way 3"), std::string::npos) << first.yaml;
    EXPECT_NE(first.yaml.find("refused without any"), std::string::npos);
}

TEST(FirstTests, ANoneIsMadeToFail) {
    const FirstTests first =
        first_tests(with_access("{ none: [{ claims: { suspended: true } }] }"));
    EXPECT_NE(first.yaml.find("\"r: refused without none\"\n"
                              "    request: GET /t/tenant-1/7\n"
                              "    token: { claims: { sub: ada, suspended: true } }\n"),
              std::string::npos)
        << first.yaml;
}

TEST(FirstTests, WhatCannotBeGuessedIsAHint) {
    const FirstTests first = first_tests(with_access("{ claims: { a: { matches: \"[^x]+y\" } } }"));
    EXPECT_EQ(first.unsolved, 1u);
    EXPECT_NE(first.yaml.find("  # - name: r: allowed\n"), std::string::npos);
    EXPECT_EQ(first.yaml.find("verdict: allow"), std::string::npos);
}

TEST(FirstTests, PassAndLeaveFewMutants) {
    const FirstTests first = first_tests(shop);
    std::string tests = first.yaml;
    tests.erase(tests.find("config:"), tests.find("tests:") - tests.find("config:"));
    const Bench bench(tests);
    EXPECT_EQ(bench.outcome.failed, 0u);
    EXPECT_EQ(bench.outcome.passed, first.tests);
    const MutationOutcome mutation =
        check_mutants(bench.outcome.projects.front(), [](std::size_t, std::size_t) {});
    EXPECT_LE(mutation.survivors.size(), 1u);
}

} // namespace
} // namespace gateway::cli::test
