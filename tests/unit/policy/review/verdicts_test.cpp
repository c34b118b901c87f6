#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::access;
using test::names_of;
using test::review_of;

TEST(FixedRules, SayWhatIsFixedAndWhatFollows) {
    EXPECT_EQ(
        review_of(access("{ issuer: main }")),
        "2:40 [rule_always_true] this holds for every token that is accepted here, so it asks "
        "for no more than `authenticated` (ask for something that tokens differ in, or remove "
        "it)\n");
    EXPECT_EQ(
        review_of(access("{ claims: { a: x }, all: [{ claims: { a: y } }] }")),
        "2:78 [rule_always_false] this never holds: no value fits everything that is asked of "
        "`a` here (change it, or remove what depends on it)\n");
}

struct Row {
    std::string_view rule;
    bool is_told;
};

TEST(FixedRules, AreAlwaysFalse) {
    const Row table[] = {
        {"{ claims: { a: [x, y] }, all: [{ claims: { a: { none_of: [y, x] } } }] }", true},
        {"{ claims: { a: 5 }, all: [{ claims: { a: { at_least: 6 } } }] }", true},
        {"{ claims: { a: 5.5 }, all: [{ claims: { a: { at_most: 5 } } }] }", true},
        {"{ all: [{ claims: { a: { at_least: 6 } } }, { claims: { a: { at_most: 5 } } }] }", true},
        {"{ claims: { a: { exists: false } }, all: [{ claims: { a: x } }] }", true},
        {"{ claims: { exp: { exists: false } } }", true},
        {"{ claims: { a: 1 }, all: [{ claims: { a: 2 } }] }", true},
        {"{ request: { header.X-A: a }, all: [{ request: { header.X-A: b } }] }", true},
        {"{ scopes: [a], none: [{ scopes: [a] }] }", true},
        {"{ any: [{ scopes: [a] }, { claims: { a: 1 }, all: [{ claims: { a: 2 } }] }] }", true},
        {"{ none: [{ claims: { a: x }, all: [{ claims: { a: y } }] }] }", true},

        {"{ claims: { a: { one_of: [x, y], none_of: [y] } } }", false},
        {"{ claims: { a: { one_of: [x, \"{path.x}\"], none_of: [x] } } }", false},
        {"{ claims: { a: { equals: 5, at_least: 5, at_most: 5.0 } } }", false},
        {"{ claims: { a: { equals: \"5\" } }, all: [{ claims: { b: 5 } }] }", false},
        {"{ any: [{ claims: { a: 1 } }, { claims: { a: 2 } }] }", false},
        {"{ claims: { a: 1 }, none: [{ claims: { a: 2 } }] }", false},
        {"{ claims: { a: { contains: x } }, all: [{ claims: { a: { contains: y } } }] }", false},
        {"{ claims: { a: { exists: false } } }", false},
        {"{ scopes: [a], none: [{ scopes: [b] }] }", false},
        {"{ scopes: [b], all: [{ mode: shadow, claims: { exp: { exists: false } } }] }", false},
    };
    for (const Row& row : table) {
        std::string file = access(row.rule);
        file.replace(file.find("path: /a"), 8, "path: '/{x}'");
        EXPECT_EQ(names_of(file), row.is_told ? "2 rule_always_false\n" : "") << row.rule;
    }
}

TEST(FixedRules, AreAlwaysTrue) {
    const Row table[] = {
        {"{ claims: { iss: { exists: true } } }", true},
        {"{ source: [\"::/0\"] }", true},
        {"{ any: [{ roles: [a] }, { issuer: main }] }", true},
        {"{ any: [{ roles: [a] }, { source: [\"::/0\"] }], roles: [b] }", true},
        {"{ all: [{ issuer: main }, { claims: { exp: { exists: true } } }] }", true},
        {"{ none: [{ issuer: main }] }", true},

        {"{ issuer: main, roles: [a] }", false},
        {"{ all: [{ issuer: main }, { roles: [a] }] }", false},
        {"{ source: [0.0.0.0/0] }", false}, // not IPv6
        {"{ claims: { sub: { exists: true } } }", false},
        {"{ any: [{ roles: [a] }, { issuer: main, roles: [b] }] }", false},
        {"{ none: [{ roles: [a] }] }", false},
    };
    for (const Row& row : table)
        EXPECT_EQ(names_of(access(row.rule)), row.is_told ? "2 rule_always_true\n" : "")
            << row.rule;
}

constexpr std::string_view two_issuers =
    "issuers:\n"
    "  a: { issuer: https://a.example, audience: api, required_claims: [tenant] }\n"
    "  b: { issuer: https://b.example, audience: api }\n";

TEST(FixedRules, DependOnTheIssuersThatTheRouteAccepts) {
    const auto names = [](std::string_view route) {
        return names_of(std::string(two_issuers) +
                        "routes:\n  - { path: /z, upstream: app, access: "
                        "authenticated }\n  - { path: /a, upstream: app, " +
                        std::string(route) + " }\n");
    };
    EXPECT_EQ(names("access: { issuer: a }"), "");
    EXPECT_EQ(names("issuers: [a], access: { issuer: a }"), "6 rule_always_true\n");
    EXPECT_EQ(names("issuers: [b], access: { issuer: a }"), "6 rule_always_false\n");
    EXPECT_EQ(names("access: { any: [{ issuer: a }, { issuer: b }] }"), "");
    EXPECT_EQ(names("issuers: [a], access: { claims: { tenant: { exists: true } } }"),
              "6 rule_always_true\n");
    EXPECT_EQ(names("access: { claims: { tenant: { exists: true } } }"), "");
}

TEST(FixedRules, OfAPolicyAreToldOnceAndAtItsPlace) {
    EXPECT_EQ(names_of("policies:\n"
                       "  p: { claims: { a: 1 }, all: [{ claims: { a: 2 } }] }\n"
                       "routes:\n"
                       "  - { path: /a, upstream: app, access: { policy: p } }\n"
                       "  - { path: /b, upstream: app, access: { policy: p } }\n"),
              "2 rule_always_false\n");
}

} // namespace
} // namespace policy::review
