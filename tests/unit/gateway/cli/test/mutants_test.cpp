#include "gateway/cli/test/mutants.hpp"
#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

config::Model with_access(const std::string& access, const std::string& more = {}) {
    const std::string text = "listeners: [{ bind: 127.0.0.1:1 }]\n"
                             "issuers:\n"
                             "  a: { issuer: https://a.example.com, audience: x }\n"
                             "  b: { issuer: https://b.example.com, audience: x }\n"
                             "upstreams: { u: { targets: [http://127.0.0.1:9] } }\n"
                             "policies: { staff: { roles: [support] }, unused: { roles: [x] } }\n"
                             "routes:\n"
                             "  - path: /a\n"
                             "    upstream: u\n" +
                             more + "    access: " + access + "\n";
    config::Loaded loaded = config::load_text(text, "c.yaml");
    EXPECT_TRUE(loaded.model) << config::to_text(loaded.problems, text);
    return loaded.model.value_or(config::Model{});
}

/// "change; change" of all mutants, in their order.
std::string changes_of(config::Model model) {
    std::string text;
    for_each_mutant(
        model, [&](const Mutant& mutant) { text += (text.empty() ? "" : "; ") + mutant.change; });
    return text;
}

std::string changes_of(const std::string& access, const std::string& more = {}) {
    return changes_of(with_access(access, more));
}

constexpr const char* of_the_route = "access: authenticated; access: public; ";

TEST(Mutants, ChangeTheAccessOfARoute) {
    EXPECT_EQ(changes_of("public"), "access: authenticated");
    EXPECT_EQ(changes_of("optional"), "access: authenticated; access: public");
    EXPECT_EQ(changes_of("authenticated"), "access: public");
}

TEST(Mutants, WidenWhatARouteAsksFor) {
    EXPECT_EQ(changes_of("authenticated", "    methods: [GET]\n    host: h.example.com\n"
                                          "    issuers: [a]\n"
                                          "    forward: { headers: { X-A: x, X-B: y } }\n"),
              "access: public; tokens of every issuer; every method; every host; "
              "without the header X-A; without the header X-B");
}

TEST(Mutants, LeaveOutAndNegateEntriesAndNames) {
    EXPECT_EQ(changes_of("{ scopes: [r] }"), std::string(of_the_route) + "not scopes");
    EXPECT_EQ(changes_of("{ scopes: [r, w], client: c }"),
              std::string(of_the_route) +
                  "without scopes; not scopes; scopes without r; scopes without w; "
                  "any_scope instead of scopes; without client c; not client c");
}

TEST(Mutants, LeaveOutAndNegateConditionsAndValues) {
    EXPECT_EQ(changes_of("{ claims: { n: { at_least: 1, at_most: 5 }, t: [x, y] } }"),
              std::string(of_the_route) +
                  "not claims; without claims.n at_least; not claims.n at_least; "
                  "without claims.n at_most; not claims.n at_most; "
                  "claims.t one_of without one of its values; "
                  "claims.t one_of without one of its values; "
                  "without claims.t one_of; not claims.t one_of");
    EXPECT_EQ(changes_of("{ claims: { sub: x } }"), std::string(of_the_route) + "not claims.sub");
}

TEST(Mutants, SwapGroupsAndLeaveOutTheirRules) {
    EXPECT_EQ(changes_of("{ any: [{ client: c }, { client: d }] }"),
              std::string(of_the_route) +
                  "not any; all instead of any; any without this rule; any without this rule; "
                  "not client c; not client d");
    EXPECT_EQ(changes_of("{ none: [{ client: c }] }"),
              std::string(of_the_route) + "not none; not client c");
}

TEST(Mutants, OfAPolicyConcernTheRoutesThatUseIt) {
    config::Model model = with_access("{ all: [{ policy: staff }] }");
    std::vector<std::size_t> routes;
    std::string last;
    for_each_mutant(model, [&](const Mutant& mutant) {
        routes = mutant.routes;
        last = mutant.change;
    });
    EXPECT_EQ(last, "not roles"); // and nothing of the policy that no route uses
    EXPECT_EQ(routes, std::vector<std::size_t>{0});
}

TEST(Mutants, WhatIsInShadowModeStaysAsItIs) {
    EXPECT_EQ(changes_of("{ client: c, all: [{ mode: shadow, client: d }] }"),
              std::string(of_the_route) + "without client c; not client c; without all; not all");
    EXPECT_EQ(changes_of("{ client: c }", "    mode: shadow\n"), "");
}

TEST(Mutants, AreThereWhileTheyAreSeenAndGoneAfterwards) {
    config::Model model = with_access("{ scopes: [r], client: c }");
    std::string entries;
    for_each_mutant(model, [&](const Mutant&) {
        for (const config::Entry& entry : model.routes[0].rule.entries)
            entries += std::to_string(static_cast<int>(entry.kind)) + ' ';
        entries += "| ";
    });
    // scopes 0, client 6, none 13
    EXPECT_TRUE(entries.find("| 6 | 13 6 | 0 | 0 13 |") != std::string::npos) << entries;
    EXPECT_EQ(changes_of(model), changes_of("{ scopes: [r], client: c }"));
    EXPECT_EQ(model.routes[0].access, config::Access::rule);
}

} // namespace
} // namespace gateway::cli::test
