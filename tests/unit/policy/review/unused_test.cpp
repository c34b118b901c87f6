#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::names_of;
using test::review_of;

TEST(Unused, PoliciesUpstreamsAndIssuersAreTold) {
    EXPECT_EQ(
        review_of("issuers:\n"
                  "  main: { issuer: https://a.example, audience: api }\n"
                  "  other: { issuer: https://b.example, audience: api }\n"
                  "upstreams:\n"
                  "  app: { targets: [http://127.0.0.1:2] }\n"
                  "  old: { targets: [http://127.0.0.1:3] }\n"
                  "policies:\n"
                  "  staff: { roles: [staff] }\n"
                  "routes:\n"
                  "  - { path: /, upstream: app, access: authenticated, issuers: [main] }\n"),
        "3:3 [unused_issuer] no route accepts tokens of this issuer (remove it, or name it in "
        "the `issuers` of a route)\n"
        "6:3 [unused_upstream] no route uses this upstream (remove it, or use it)\n"
        "8:3 [unused_policy] no route uses this policy (remove it, or use it)\n");
}

TEST(Unused, PoliciesAreUsedThroughOthersToo) {
    EXPECT_EQ(names_of("policies:\n"
                       "  a: { any: [{ policy: b }, { roles: [x] }] }\n"
                       "  b: { roles: [y] }\n"
                       "  c: { policy: d }\n"
                       "  d: { roles: [z] }\n"
                       "routes:\n"
                       "  - { path: /, upstream: app, access: { none: [{ policy: a }] } }\n"),
              "4 unused_policy\n5 unused_policy\n");
}

TEST(Unused, IssuersAreAcceptedUnlessTheRouteNamesOthers) {
    const std::string file = "issuers:\n"
                             "  main: { issuer: https://a.example, audience: api }\n"
                             "routes:\n"
                             "  - { path: /, upstream: app, access: ";
    EXPECT_EQ(names_of(file + "public }\n"), "2 unused_issuer\n");
    EXPECT_EQ(names_of(file + "optional }\n"), "");
}

} // namespace
} // namespace policy::review
