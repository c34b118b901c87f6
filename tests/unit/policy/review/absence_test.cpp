#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::access;
using test::names_of;
using test::review_of;

TEST(MissingClaims, PassANoneThatSaysWhatIsNotRight) {
    EXPECT_EQ(review_of(access("{ none: [{ claims: { tier: { not_equals: gold } } }] }")),
              "2:69 [none_missing_claim] a token without `tier` passes this `none` (say it without "
              "`none`, by `equals`, or add the claim to `required_claims`)\n");
    EXPECT_EQ(review_of(access("{ none: [{ request: { header.X-A: { none_of: [a] } } }] }")),
              "2:76 [none_missing_claim] a request without `header.X-A` passes this `none` (say it "
              "without `none`, by `one_of`)\n");
}

TEST(MissingClaims, MatterForSomeConditionsOnly) {
    struct Row {
        std::string_view rule;
        bool is_told;
    };
    const Row table[] = {
        {"{ none: [{ claims: { a: { none_of: [x] } } }] }", true},
        {"{ none: [{ claims: { age: { at_most: 17 } } }] }", true},
        {"{ none: [{ claims: { age: { at_least: 18 } } }] }", true},
        {"{ none: [{ claims: { email_verified: false } }] }", true},
        {"{ none: [{ any: [{ roles: [a] }, { claims: { a: { not_equals: x } } }] }] }", true},

        {"{ claims: { a: { not_equals: x } } }", false},
        {"{ none: [{ claims: { suspended: true } }] }", false},
        {"{ none: [{ claims: { a: [x, y] } }] }", false},
        {"{ none: [{ claims: { a: { matches: x } } }] }", false},
        {"{ none: [{ claims: { a: { exists: true } } }] }", false},
        {"{ none: [{ claims: { exp: { at_most: 5 } } }] }", false}, // every token has it
        {"{ none: [{ none: [{ claims: { a: { not_equals: x } } }] }] }", false},
        {"{ roles: [a], none: [{ mode: shadow, claims: { a: { not_equals: x } } }] }", false},
    };
    for (const Row& row : table)
        EXPECT_EQ(names_of(access(row.rule)), row.is_told ? "2 none_missing_claim\n" : "")
            << row.rule;
}

TEST(MissingClaims, AreNotMissingWhereTheyAreRequired) {
    const std::string route = access("{ none: [{ claims: { tier: { not_equals: gold } } }] }");
    EXPECT_EQ(names_of("issuers: { main: { issuer: https://a.example, audience: api, "
                       "required_claims: [tier] } }\n" +
                       route),
              "");
}

} // namespace
} // namespace policy::review
