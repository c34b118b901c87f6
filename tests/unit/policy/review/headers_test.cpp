#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::review_of;

std::string file(std::string_view required_of_b, std::string_view route) {
    return "issuers:\n"
           "  a: { issuer: https://a.example, audience: api, required_claims: [tenant] }\n"
           "  b: { issuer: https://b.example, audience: api" +
           std::string(required_of_b) +
           " }\n"
           "routes:\n"
           "  - { path: /z, upstream: app, access: authenticated }\n"
           "  - path: /a\n"
           "    upstream: app\n"
           "    " +
           std::string(route) +
           "\n"
           "    forward:\n"
           "      headers: { X-Tenant: \"{claim.tenant}\" }\n";
}

TEST(Headers, OfAClaimThatOneIssuerPromisesAreToldForTheOthers) {
    EXPECT_EQ(review_of(file("", "access: authenticated")),
              "10:18 [claim_of_some_issuers] tokens of `b` need not hold `tenant`, and then this "
              "header is absent (add it to that issuer's `required_claims`, or accept fewer "
              "`issuers` here)\n");
    EXPECT_EQ(review_of(file(", required_claims: [tenant]", "access: authenticated")), "");
    EXPECT_EQ(review_of(file("", "access: authenticated\n    issuers: [a]")), "");
    EXPECT_EQ(review_of(file("", "access: authenticated\n    issuers: [b]")), "");
}

TEST(Headers, OfAClaimOnAPublicRouteAreToldForTheyAreNeverSent) {
    EXPECT_EQ(review_of(file("", "access: public")),
              "10:18 [claim_on_public_route] a public route looks for no token, so this header is "
              "never sent (write `access: optional`, or remove the header)\n");
}

} // namespace
} // namespace policy::review
