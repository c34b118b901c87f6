#include "gateway/cli/explain_request.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace gateway::cli {
namespace {

class ExplainRequest : public testing::Test {
protected:
    ExplainRequest() { options.path = "/orders/7?page=2"; }

    std::string build() { return request.build(options, model, console); }
    std::string value_of(std::string_view name) {
        const policy::Field* field = request.head().fields.find(name);
        return field ? std::string(field->value) : "(none)";
    }

    std::istringstream in;
    std::ostringstream out, err;
    Console console{in, out, err};
    config::Model model;
    RequestOptions options;
    ExplainedRequest request;
};

TEST_F(ExplainRequest, IsReadByTheParserOfTheDataPath) {
    options.method = "POST";
    options.host = "Api.Example.com";
    options.headers = {"X-Tenant: acme", "x-empty:"};
    ASSERT_EQ(build(), "");
    EXPECT_EQ(request.refusal(), policy::Reason::allowed);
    EXPECT_EQ(request.head().method, "POST");
    EXPECT_EQ(request.head().target, "/orders/7?page=2");
    EXPECT_EQ(request.head().authority, "api.example.com");
    EXPECT_EQ(value_of("x-tenant"), "acme");
    EXPECT_EQ(value_of("x-empty"), "");
    EXPECT_EQ(value_of("authorization"), "(none)");
}

TEST_F(ExplainRequest, BearsTheToken) {
    in.str("a.b.c\n");
    options.token = "-";
    ASSERT_EQ(build(), "");
    EXPECT_EQ(value_of("authorization"), "Bearer a.b.c");
}

TEST_F(ExplainRequest, TakesAnotherHostFromTheHeaders) {
    options.headers = {"host: other.example"};
    ASSERT_EQ(build(), "");
    EXPECT_EQ(request.refusal(), policy::Reason::allowed);
    EXPECT_EQ(request.head().authority, "other.example");
}

TEST_F(ExplainRequest, ShowsWhatTheParserRefuses) {
    options.headers = {"Content-Length: 5", "Transfer-Encoding: chunked"};
    ASSERT_EQ(build(), "");
    EXPECT_EQ(request.refusal(), policy::Reason::bad_request);
}

TEST_F(ExplainRequest, KeepsToTheLimitsOfTheConfiguration) {
    model.limits.head = 1024;
    options.headers = {"x-long: " + std::string(1024, 'x')};
    ASSERT_EQ(build(), "");
    EXPECT_EQ(request.refusal(), policy::Reason::head_too_large);
}

TEST_F(ExplainRequest, ComesFromTheClientOverTlsWhereTheGatewaySpeaksIt) {
    options.client = "2001:DB8::1";
    model.listeners.emplace_back().tls.emplace();
    ASSERT_EQ(build(), "");
    EXPECT_EQ(request.peer().text, "2001:db8::1");
    EXPECT_TRUE(request.peer().tls);
}

TEST_F(ExplainRequest, RefusesArgumentsThatAreNoRequest) {
    const auto refused = [&](auto change) {
        RequestOptions wrong;
        wrong.path = "/";
        change(wrong);
        ExplainedRequest other;
        return other.build(wrong, model, console);
    };
    EXPECT_NE(refused([](auto& o) { o.path = ""; }), "");
    EXPECT_NE(refused([](auto& o) { o.path = "/\r\nX: y"; }), "");
    EXPECT_NE(refused([](auto& o) { o.method = "GET\n"; }), "");
    EXPECT_NE(refused([](auto& o) { o.headers = {"no colon"}; }), "");
    EXPECT_NE(refused([](auto& o) { o.headers = {"a: b\r\nc: d"}; }), "");
    EXPECT_NE(refused([](auto& o) { o.token = "a.b.c\nd"; }), "");
    EXPECT_NE(refused([](auto& o) { o.token = "@/no/such/file"; }), "");
    EXPECT_NE(refused([](auto& o) { o.client = "localhost"; }), "");
    EXPECT_EQ(refused([](auto&) {}), "");
}

} // namespace
} // namespace gateway::cli
