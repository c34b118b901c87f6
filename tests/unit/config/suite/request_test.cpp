#include "tests/unit/config/suite/support.hpp"

namespace config::suite {
namespace {

using test::report_of;
using test::test_of;

TEST(SuiteRequest, IsOneLineOrItsParts) {
    const Request line = test_of("request: POST /a?b=c d\n    expect: allow").request;
    EXPECT_EQ(line.method, "POST");
    EXPECT_EQ(line.path, "/a?b=c d");
    EXPECT_EQ(line.host, "localhost");
    EXPECT_EQ(line.client, "127.0.0.1");
    EXPECT_FALSE(line.tls);

    const Request parts = test_of("request: { method: PUT, path: /x, host: h, client: '::1', tls: "
                                  "true }\n    expect: allow")
                              .request;
    EXPECT_EQ(parts.method, "PUT");
    EXPECT_EQ(parts.path, "/x");
    EXPECT_EQ(parts.host, "h");
    EXPECT_EQ(parts.client, "::1");
    EXPECT_EQ(parts.tls, true);
}

TEST(SuiteRequest, AHeaderWithAListIsSentSeveralTimes) {
    const Request request =
        test_of("request: { path: /, headers: { X-A: 1, X-B: [x, y], X-C: \"\" } }\n"
                "    expect: allow")
            .request;
    std::string all;
    for (const Header& header : request.headers) all += header.name + ":" + header.value + " ";
    EXPECT_EQ(all, "X-A:1 X-B:x X-B:y X-C: ");
}

TEST(SuiteRequest, WhatIsWrongIsSaidWithItsPlace) {
    EXPECT_EQ(report_of("{ request: /orders, expect: allow }"),
              "2:16 expected a request like `GET /orders`, found \"/orders\" (write `GET "
              "/orders`)\n");
    EXPECT_EQ(report_of("{ request: { method: GET }, expect: allow }"),
              "2:16 a request needs `path`\n");
    EXPECT_EQ(report_of("{ request: { path: /, method: \"G T\" }, expect: allow }"),
              "2:35 expected a method, found \"G T\"\n");
    EXPECT_EQ(report_of("{ request: { path: /, headers: { \"a b\": c } }, expect: allow }"),
              "2:38 `a b` is no header name\n");
}

} // namespace
} // namespace config::suite
