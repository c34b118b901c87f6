#include "gateway/admin/pages.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::admin;

Request get(std::string target, std::string host = "127.0.0.1:9901") {
    return {.method = "GET", .target = std::move(target), .host = std::move(host), .hosts = 1};
}

/// The real pages, and two for the admin that show what reached them.
std::vector<Page> all_pages() {
    Facts facts;
    facts.draining = true;
    auto pages = health_pages({[facts] { return facts; }, [] { return "claimgate_ready 1\n"; }});
    const auto show = [](const Request& request) {
        Response response;
        response.body = request.method + " " + request.body;
        return response;
    };
    pages.push_back({"GET", "/secret", Who::admin, show});
    pages.push_back({"POST", "/secret", Who::admin, show});
    pages.push_back({"POST", "/change", Who::admin, show});
    return pages;
}

Response ask(const Request& request, std::string_view bind = "127.0.0.1",
             std::string_view token = {}) {
    return answer(request, {.bind_address = bind, .token = token}, all_pages());
}

Response ask_on_socket(const Request& request) {
    return answer(request, {.is_socket = true}, all_pages());
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

TEST(Pages, OfTheAdminAreClosedToTheListenerWithoutAToken) {
    for (const char* authorization : {"", "Bearer ", "Bearer x", "Bearer"}) {
        Request request = get("/secret");
        request.authorization = authorization;
        const Response response = ask(request);
        EXPECT_EQ(response.status, 403u) << authorization;
        EXPECT_FALSE(response.wants_token);
        EXPECT_NE(response.body.find("admin.token"), std::string::npos) << response.body;
    }
}

TEST(Pages, OfTheAdminOpenToTheWholeTokenOnly) {
    const std::string token = "0123456789abcdef0123456789abcdef";
    struct Case {
        std::string authorization;
        unsigned status;
    };
    const Case cases[] = {
        {"Bearer " + token, 200},
        {"bearer " + token, 200},
        {"", 401},
        {token, 401},
        {"Bearer", 401},
        {"Bearer ", 401},
        {"Bearer " + token + " ", 401},
        {"Bearer  " + token, 401},
        {"Bearer " + token + "0", 401},
        {"Bearer " + token.substr(1), 401},
        {"Basic " + token, 401},
        {"Bearer 1123456789abcdef0123456789abcdef", 401},
        {"Bearer 0123456789abcdef0123456789abcdeF", 401},
    };
    for (const Case& c : cases) {
        Request request = get("/secret");
        request.authorization = c.authorization;
        const Response response = ask(request, "127.0.0.1", token);
        EXPECT_EQ(response.status, c.status) << c.authorization;
        EXPECT_EQ(response.wants_token, c.status == 401) << c.authorization;
    }
}

TEST(Pages, OfTheAdminStayShutToForeignNamesWithAToken) {
    Request request = get("/secret", "evil.example");
    request.authorization = "Bearer 0123456789abcdef0123456789abcdef";
    EXPECT_EQ(ask(request, "127.0.0.1", "0123456789abcdef0123456789abcdef").status, 421u);
}

TEST(Pages, AreAllOpenOnTheSocket) {
    EXPECT_EQ(ask_on_socket(get("/secret")).body, "GET ");
    EXPECT_EQ(ask_on_socket(get("/livez", "any.name")).status, 200u);
    Request post = get("/change");
    post.method = "POST";
    post.has_body = true;
    post.body = "{}";
    EXPECT_EQ(ask_on_socket(post).body, "POST {}");
}

TEST(Pages, NameTheMethodsOfTheirPath) {
    Request request = get("/secret");
    request.method = "DELETE";
    EXPECT_EQ(ask_on_socket(request).allow, "GET, HEAD, POST");
    request.target = "/change?x";
    EXPECT_EQ(ask_on_socket(request).allow, "POST");
    request.method = "GET";
    EXPECT_EQ(ask_on_socket(request).status, 405u) << "what changes something is no GET";
}

TEST(Pages, WantNoBody) {
    Request request = get("/livez");
    request.has_body = true;
    EXPECT_EQ(ask(request).status, 400u);
}

TEST(Pages, AreNotForWhoBelievesAnotherConfigurationInForce) {
    const Door door{.is_socket = true, .configuration = "/etc/a.yaml"};
    Request request = get("/secret");
    for (const char* same : {"", "/etc/a.yaml"}) {
        request.configuration = same;
        EXPECT_EQ(answer(request, door, all_pages()).status, 200u) << same;
    }
    request.configuration = "/etc/b.yaml";
    const Response refused = answer(request, door, all_pages());
    EXPECT_EQ(refused.status, 409u);
    EXPECT_EQ(refused.body, "{\"status\":\"another configuration\",\"detail\":\"the gateway that "
                            "listens here runs with /etc/a.yaml, not with /etc/b.yaml\"}\n");
    const Door tcp{.bind_address = "127.0.0.1", .token = "t", .configuration = "/etc/a.yaml"};
    const Response stranger = answer(request, tcp, all_pages());
    EXPECT_EQ(stranger.status, 401u);
    EXPECT_EQ(stranger.body.find("/etc"), std::string::npos);
}

} // namespace
