#include "config/validate.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::report_of;

TEST(References, ToUnknownNamesAreErrorsWithASuggestion) {
    EXPECT_EQ(report_of("routes:\n"
                        "  - path: /a\n"
                        "    upstream: ap\n"
                        "    issuers: [main, mian]\n"
                        "    access:\n"
                        "      issuer: mainn\n"
                        "      any: [{ policy: staf }, { policy: staff }]\n"
                        "policies: { staff: { roles: [a] } }\n"),
              "3:15 there is no upstream `ap` (did you mean `app`?)\n"
              "4:21 there is no issuer `mian` (did you mean `main`?)\n"
              "6:15 there is no issuer `mainn` (did you mean `main`?)\n"
              "7:23 there is no policy `staf` (did you mean `staff`?)\n");
}

TEST(References, NameWhatExistsWhenNothingIsNear) {
    EXPECT_EQ(report_of("routes: [{ path: /a, upstream: billing, access: { policy: nope } }]\n"),
              "1:32 there is no upstream `billing` (known: `app`)\n"
              "1:59 there is no policy `nope` (this file defines none)\n");
}

TEST(References, InsidePoliciesAreCheckedToo) {
    EXPECT_EQ(report_of("policies:\n  a: { any: [{ policy: b }] }\n"),
              "2:24 there is no policy `b` (did you mean `a`?)\n");
}

TEST(Issuers, WithTheSameUrlAreErrors) {
    EXPECT_EQ(report_of("issuers:\n"
                        "  a: { issuer: https://id.example.com, audience: x }\n"
                        "  b: { issuer: https://id.example.com, audience: y }\n"),
              "3:3 the issuer `b` has the same `issuer` as `a` in line 2 (a token must belong to "
              "exactly one of them)\n");
}

TEST(Routes, WithTheSameNameAreErrors) {
    EXPECT_EQ(report_of("routes:\n"
                        "  - { name: x, path: /a, upstream: app, access: public }\n"
                        "  - { name: x, path: /b, upstream: app, access: public }\n"),
              "3:5 this route has the same name as the one in line 2\n");
}

TEST(Routes, ThatNeedATokenNeedAnIssuer) {
    EXPECT_EQ(
        report_of("issuers: {}\n"
                  "routes:\n"
                  "  - { path: /a, upstream: app, access: public }\n"
                  "  - { path: /b, upstream: app, access: optional }\n"
                  "  - { path: /c, upstream: app, access: { scopes: [x] } }\n"),
        "4:5 this route needs a token, but no issuer is configured (add one under `issuers`)\n");
}

TEST(Binds, AreTakenOnce) {
    EXPECT_EQ(report_of("listeners:\n"
                        "  - bind: 127.0.0.1:8080\n"
                        "  - bind: 127.0.0.1:8080\n"
                        "  - bind: 127.0.0.2:8080\n"
                        "  - bind: 127.0.0.1:0\n"
                        "  - bind: 127.0.0.1:0\n"
                        "admin: { bind: 127.0.0.2:8080 }\n"),
              "3:5 this address and port are taken by the listener in line 2\n"
              "7:1 this address and port are taken by the listener in line 4\n");
}

TEST(Validation, SaysNothingAboutPartsThatAreWrongAlready) {
    EXPECT_EQ(report_of("routes:\n  - { path: /a, access: public }\n"),
              "2:5 a route needs `upstream`\n");
    EXPECT_EQ(report_of("issuers: { main: { audience: x } }\n"),
              "1:12 the issuer `main` needs `issuer`\n");
    EXPECT_EQ(report_of("upstreams: { app: { targets: [nope] } }\n"),
              "1:31 this target is no URL: it must begin with https:// or http:// (write "
              "http://HOST:PORT)\n");
}

} // namespace
} // namespace config
