#include "policy/headers/forward.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::headers {
namespace {

using support::Request;

std::string after_hop_by_hop(Request& request) {
    RequestHead& head = request.head();
    drop_hop_by_hop(head);
    drop_hop_by_hop(head); // twice is fine
    return support::forwarded(head);
}

TEST(HopByHop, IsNeverForwarded) {
    Request request("/"); // H82, H83
    for (const char* name : {"connection", "keep-alive", "proxy-connection", "proxy-authenticate",
                             "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
                             "http2-settings", "expect"})
        request.field(name, "x");
    request.field("accept", "y");
    EXPECT_EQ(after_hop_by_hop(request), "accept");
}

TEST(HopByHop, DropsWhatConnectionNames) {
    Request request("/");
    request.field("connection", "close, X-A ,,x-b").field("connection", "Cookie");
    request.field("x-a", "1")
        .field("x-b", "2")
        .field("cookie", "3")
        .field("x-c", "4")
        .field("x-a", "5");
    EXPECT_EQ(after_hop_by_hop(request), "x-c");
}

TEST(HopByHop, ConnectionCannotNameHostFramingOrForwarding) {
    Request request("/"); // H81
    request.field("connection", "Authorization, Host, Content-Length, Cookie, X-Forwarded-For");
    request.field("host", "g")
        .field("content-length", "3")
        .field("cookie", "a")
        .field("x-forwarded-for", "b");
    request.field("authorization", "Bearer a");
    EXPECT_EQ(after_hop_by_hop(request), "host content-length x-forwarded-for");
}

TEST(HopByHop, AListWithoutEndDropsAllThatItCouldName) {
    std::string list = "a"; // H82
    for (int i = 0; i < 1000; ++i) list += ",b";
    Request request("/");
    request.field("connection", list).field("x-last", "1").field("host", "g");
    EXPECT_EQ(after_hop_by_hop(request), "host");
}

TEST(HopByHop, NamesThatAreNoNamesDropNothing) {
    Request request("/"); // H82
    request.field("connection", "\"x\", close;x").field("x", "1").field("close", "2");
    EXPECT_EQ(after_hop_by_hop(request), "x close");
}

TEST(HopByHop, IsDroppedFromResponsesToo) {
    ResponseHead head;
    for (const char* name :
         {"connection", "keep-alive", "transfer-encoding", "x-a", "x-b", "content-length"})
        head.fields.push(name, "x-a", field_id(name));
    drop_hop_by_hop(head);
    std::string kept;
    for (const Field& field : head.fields.all())
        if (!field.dropped) kept += std::string(field.name) + " ";
    EXPECT_EQ(kept, "x-b content-length ");
}

Request with_claims() {
    Request request("/"); // H73, H91, H96
    for (const char* name : {"forwarded",
                             "x-original-url",
                             "x-rewrite-url",
                             "x-forwarded-uri",
                             "x-envoy-original-path",
                             "x-host",
                             "x-http-method-override",
                             "x-http-method",
                             "x-method-override",
                             "x-original-host",
                             "x-forwarded-for",
                             "x-forwarded-proto",
                             "x-forwarded-host",
                             "x-forwarded-client-cert",
                             "x-forwarded-anything",
                             "x-real-ip",
                             "via",
                             "x-request-id",
                             "true-client-ip",
                             "accept"})
        request.field(name, "1");
    return request;
}

TEST(ClaimsAboutRequest, AreDroppedFromAnyoneWhoIsNotTrusted) {
    Request request = with_claims();
    RequestHead& head = request.head();
    drop_claims_about_request(head, false);
    EXPECT_EQ(support::forwarded(head), "accept");
}

TEST(ClaimsAboutRequest, AboutTargetAndMethodAreDroppedFromTrustedProxiesToo) {
    Request request = with_claims();
    RequestHead& head = request.head();
    drop_claims_about_request(head, true);
    EXPECT_EQ(support::forwarded(head),
              "x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-client-cert "
              "x-forwarded-anything x-real-ip via x-request-id true-client-ip accept");
}

} // namespace
} // namespace policy::headers
