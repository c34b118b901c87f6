#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using Names = std::vector<std::string>;

std::string file_with(const std::string& rule) {
    return "routes:\n  - path: /a\n    upstream: app\n    access:\n" + rule +
           "policies: { staff: { roles: [a] } }\n";
}

Rule rule_of(const std::string& rule) {
    const Model model = test::model_of(file_with(rule));
    if (model.routes.empty()) return {};
    EXPECT_EQ(model.routes[0].access, Access::rule);
    return model.routes[0].rule;
}

std::string report_for(const std::string& rule) { return test::report_of(file_with(rule)); }

TEST(Rules, KeepTheirEntriesInOrder) {
    const Rule rule = rule_of("      scopes: [orders:read, orders:write]\n"
                              "      any_scope: [a]\n"
                              "      roles: [admin]\n"
                              "      groups: [staff]\n"
                              "      issuer: main\n"
                              "      client: web\n"
                              "      acr: [gold]\n"
                              "      max_age: 5m\n"
                              "      source: [10.0.0.0/8, \"::1\"]\n"
                              "      policy: staff\n");
    const EntryKind kinds[] = {EntryKind::scopes, EntryKind::any_scope, EntryKind::roles,
                               EntryKind::groups, EntryKind::issuer,    EntryKind::client,
                               EntryKind::acr,    EntryKind::max_age,   EntryKind::source,
                               EntryKind::policy};
    ASSERT_EQ(rule.entries.size(), std::size(kinds));
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        EXPECT_EQ(rule.entries[i].kind, kinds[i]) << i;
        EXPECT_EQ(rule.entries[i].at, (Position{static_cast<int>(i) + 5, 7})) << i;
    }
    EXPECT_EQ(rule.at, (Position{5, 7}));
    EXPECT_FALSE(rule.shadow);
    EXPECT_EQ(rule.entries[0].names, (Names{"orders:read", "orders:write"}));
    EXPECT_EQ(rule.entries[4].names, Names{"main"});
    EXPECT_EQ(rule.entries[7].duration, std::chrono::minutes(5));
    EXPECT_EQ(rule.entries[8].names, (Names{"10.0.0.0/8", "::1"}));
}

TEST(Rules, Nest) {
    const Rule rule = rule_of("      any:\n"
                              "        - { roles: [a], mode: shadow }\n"
                              "        - all: [{ scopes: [b] }, { none: [{ groups: [c] }] }]\n");
    ASSERT_EQ(rule.entries.size(), 1u);
    const Entry& any = rule.entries[0];
    EXPECT_EQ(any.kind, EntryKind::any);
    ASSERT_EQ(any.rules.size(), 2u);
    EXPECT_TRUE(any.rules[0].shadow);
    EXPECT_EQ(any.rules[0].at, (Position{6, 11}));
    const Entry& all = any.rules[1].entries[0];
    EXPECT_EQ(all.kind, EntryKind::all);
    EXPECT_EQ(all.rules[1].entries[0].kind, EntryKind::none);
    EXPECT_EQ(all.rules[1].entries[0].rules[0].entries[0].names, Names{"c"});
}

TEST(Policies, AreNamedRules) {
    const Model model = test::model_of("policies:\n  staff:\n    mode: shadow\n    roles: [a]\n");
    ASSERT_EQ(model.policies.size(), 1u);
    EXPECT_EQ(model.policies[0].name, "staff");
    EXPECT_EQ(model.policies[0].at, (Position{2, 3}));
    EXPECT_TRUE(model.policies[0].rule.shadow);
    EXPECT_EQ(model.policies[0].rule.entries.size(), 1u);
}

TEST(Rules, TakeFingerprintsInEveryForm) {
    std::string colons, digits;
    for (int i = 0; i < 32; ++i) {
        colons += i == 0 ? "AB" : ":AB";
        digits += "ab";
    }
    const Rule rule = rule_of("      certificate: { fingerprint: [\"" + colons + "\"], san: x }\n");
    const Entry& entry = rule.entries.at(0);
    EXPECT_EQ(entry.kind, EntryKind::certificate);
    EXPECT_EQ(entry.matches.at(0).subject, "fingerprint");
    EXPECT_EQ(std::get<std::string>(entry.matches[0].conditions.at(0).operands.at(0).value),
              digits);
    EXPECT_EQ(entry.matches.at(1).subject, "san");
}

struct Row {
    std::string rule;
    std::string problem;
};

TEST(Rules, ThatAreWrongSayWhere) {
    const Row table[] = {
        {"scopes: admin", "5:15 expected a list of strings, found \"admin\" (write `[admin]`)"},
        {"scopes: []", "5:15 this list is empty (name at least one, or remove the key)"},
        {"scopes:", "5:7 expected a list of strings, found nothing"},
        {"scopes: { a: b }", "5:15 expected a list of strings, found a mapping"},
        {"scopes: [a b]",
         "5:16 \"a b\" is not one scope (a scope holds no space; separate scopes with commas)"},
        {"any_scope: [\"a b\"]",
         "5:19 \"a b\" is not one scope (a scope holds no space; separate scopes with commas)"},
        {"roles: [[a]]", "5:15 expected a string, found a list"},
        {"client: [a]", "5:15 expected a string, found a list"},
        {"issuer: mian", "5:15 there is no issuer `mian` (did you mean `main`?)"},
        {"max_age: 300", "5:16 expected a duration, found \"300\" (write a whole number and a "
                         "unit: 500ms, 30s, 5m, 1h "
                         "or 30d)"},
        {"source: [10.0.0.1/8]",
         "5:16 \"10.0.0.1/8\" is no network: its address has bits beyond the prefix (write one "
         "as 10.0.0.0/8 or fd00::/8)"},
        {"any: { roles: [a] }", "5:12 expected a list of rules, found a mapping"},
        {"any: []", "5:12 this list is empty (name at least one, or remove the key)"},
        {"any: [staff]", "5:13 expected a mapping for a rule, found \"staff\""},
        {"any: [{}]", "5:13 this rule asks for nothing (add an entry, or write `authenticated`)"},
        {"mode: shadow", "5:7 this rule asks for nothing (add an entry, or write `authenticated`)"},
        {"{ roles: [a], mode: audit }", "5:27 expected `shadow`, found \"audit\""},
        {"scope: [a]", "5:7 unknown key `scope` in a rule (did you mean `scopes`?)"},
        {"certificate: { subjct: x }",
         "5:22 unknown key `subjct` in `certificate` (did you mean `subject`?)"},
        {"certificate: { fingerprint: ab:cd }",
         "5:35 a SHA-256 fingerprint has 64 hex digits (see `openssl x509 -noout -fingerprint "
         "-sha256 -in FILE`)"},
        {"certificate: { san: { at_least: 5 } }",
         "5:39 a part of a certificate is a text and cannot be compared with a number (use "
         "`matches`, or compare a claim)"},
        {"certificate: {}", "5:20 this mapping is empty (name subject, san or fingerprint)"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_for("      " + row.rule + "\n"), row.problem + "\n") << row.rule;
}

} // namespace
} // namespace config
