#include "gateway/admin/pages.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::admin;

Request get(std::string target, std::string host = "127.0.0.1:9901") {
    return {.method = "GET", .target = std::move(target), .host = std::move(host), .hosts = 1};
}

Response ask(const Request& request, std::string_view bind = "127.0.0.1") {
    Facts facts;
    facts.draining = true;
    return answer(request, bind, {[facts] { return facts; }, [] { return "claimgate_ready 1\n"; }});
}

TEST(Pages, AnswerFiveNames) {
    struct Case {
        const char* target;
        unsigned status;
        const char* begin;
    };
    constexpr Case cases[] = {
        {"/livez", 200, "{\"status\":\"live\"}"},
        {"/healthz", 200, "{\"status\":\"live\"}"},
        {"/startupz", 200, "{\"status\":\"started\"}"},
        {"/readyz", 503, "{\"status\":\"not_ready\",\"reasons\":[\"draining\"]}"},
        {"/readyz?verbose", 503,
         "{\"status\":\"not_ready\",\"reasons\":[\"draining\"],\"issuers\":[]"},
        {"/readyz?a=b&verbose=1", 503,
         "{\"status\":\"not_ready\",\"reasons\":[\"draining\"],\"issuers\":[]"},
        {"/metrics", 200, "claimgate_ready 1"},
        {"/metrics?x", 200, "claimgate_ready 1"},
    };
    for (const Case& c : cases) {
        const Response response = ask(get(c.target));
        EXPECT_EQ(response.status, c.status) << c.target;
        EXPECT_EQ(response.body.substr(0, std::string_view(c.begin).size()), c.begin) << c.target;
    }
    EXPECT_EQ(ask(get("/metrics")).content_type, "text/plain; version=0.0.4; charset=utf-8");
}

TEST(Pages, AnswerNothingElse) {
    for (const char* target :
         {"/", "", "*", "/metrics/", "//metrics", "/./metrics", "/%6detrics", "/Metrics",
          "http://127.0.0.1:9901/metrics", "/config", "/livez/..", "/debug/pprof"})
        EXPECT_EQ(ask(get(target)).status, 404u) << target;
}

TEST(Pages, AreReadOnly) {
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get", "TRACE", ""}) {
        Request request = get("/metrics");
        request.method = method;
        EXPECT_EQ(ask(request).status, 405u) << method;
        EXPECT_EQ(ask(request).allow, "GET, HEAD");
    }
    Request head = get("/metrics");
    head.method = "HEAD";
    EXPECT_EQ(ask(head).status, 200u);
}

TEST(Pages, RefuseForeignNamesOnLoopback) {
    for (const char* host : {"127.0.0.1:9901", "127.0.0.1", "127.8.9.1:1", "localhost",
                             "LocalHost:9901", "[::1]:9901"})
        EXPECT_EQ(ask(get("/livez", host)).status, 200u) << host;
    for (const char* host :
         {"evil.example", "evil.example:9901", "localhost.evil.example", "127.0.0.1.evil.example",
          "", ":9901", "[", "10.0.0.1", "0x7f000001", "user@127.0.0.1"})
        EXPECT_EQ(ask(get("/livez", host)).status, 421u) << host;
    EXPECT_EQ(ask(get("/livez", "localhost"), "::1").status, 200u);
    EXPECT_EQ(ask(get("/livez", "evil.example"), "::1").status, 421u);
}

TEST(Pages, TakeAnyNameWhereTheOperatorOpenedTheListener) {
    EXPECT_EQ(ask(get("/livez", "10.0.0.1:9901"), "0.0.0.0").status, 200u);
    EXPECT_EQ(ask(get("/livez", "claimgate.internal"), "10.0.0.1").status, 200u);
}

TEST(Pages, WantExactlyOneHost) {
    Request request = get("/livez");
    request.hosts = 2;
    EXPECT_EQ(ask(request).status, 400u);
    request.hosts = 0;
    EXPECT_EQ(ask(request).status, 400u);
    request.is_http_1_0 = true;
    EXPECT_EQ(ask(request).status, 200u) << "HTTP/1.0 has no Host, and no browser speaks it";
}

TEST(Pages, WantNoBody) {
    Request request = get("/livez");
    request.has_body = true;
    EXPECT_EQ(ask(request).status, 400u);
}

} // namespace
