#include "policy/answers.hpp"
#include "policy/headers/cors.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::headers {
namespace {

using support::Request;
using support::World;

constexpr const char* shop = "https://shop.example";

config::Model with_cors(std::vector<std::string> origins = {shop, "https://b.example"}) {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/own"), support::make_route("/plain")};
    model.routes[0].methods = {"GET", "PUT"};
    config::Cors cors;
    cors.origins = std::move(origins);
    cors.headers = {"X-Trace"};
    cors.expose = {"ETag", "X-Total"};
    model.routes[0].cors = cors;
    return model;
}

Request preflight(std::string path, std::string origin, std::string method) {
    Request request(std::move(path), "OPTIONS");
    request.field("origin", std::move(origin))
        .field("access-control-request-method", std::move(method));
    return request;
}

std::string fields_of(const ResponseHead& head) {
    std::string text;
    for (const Field& field : head.fields.all())
        if (!field.dropped)
            text += std::string(field.name) + ": " + std::string(field.value) + "\n";
    return text;
}

TEST(Cors, APreflightIsAnsweredHereWithoutAToken) {
    World world(with_cors()); // J168
    Request request = preflight("/own", shop, "PUT");
    ASSERT_EQ(world.ask(request), Reason::preflight_answered);
    ResponseHead head;
    EXPECT_EQ(render(world.answer(), request.head(), "id", world.scratch, head), "");
    EXPECT_EQ(head.status, 204);
    EXPECT_EQ(head.body.kind, BodyFraming::Kind::none);
    EXPECT_EQ(fields_of(head), "vary: Origin\n"
                               "access-control-allow-origin: https://shop.example\n"
                               "access-control-allow-methods: GET, PUT\n"
                               "access-control-allow-headers: X-Trace, authorization\n"
                               "access-control-max-age: 600\n");
}

TEST(Cors, APreflightOfAnotherOriginGetsNoPermission) {
    World world(with_cors());
    for (const char* origin : {"https://evil.example", "https://shop.example.evil", "null", "*",
                               "https://SHOP.example", "https://shop.example/", ""}) {
        Request request = preflight("/own", origin, "GET");
        ASSERT_EQ(world.ask(request), Reason::preflight_answered) << origin;
        ResponseHead head;
        render(world.answer(), request.head(), "id", world.scratch, head);
        EXPECT_EQ(fields_of(head), "vary: Origin\n") << origin;
    }
}

TEST(Cors, WhatIsNoPreflightGoesTheUsualWay) {
    World world(with_cors());
    EXPECT_EQ(world.ask(preflight("/own", shop, "DELETE")), Reason::method_not_allowed);
    EXPECT_EQ(world.ask(preflight("/plain", shop, "GET")), Reason::token_missing);
    EXPECT_EQ(world.ask(preflight("/else", shop, "GET")), Reason::no_route);
    EXPECT_EQ(world.ask(Request("/own", "OPTIONS").field("origin", shop)),
              Reason::method_not_allowed);
    EXPECT_EQ(world.ask(Request("/own", "GET")
                            .field("origin", shop)
                            .field("access-control-request-method", "GET")),
              Reason::token_missing);
}

TEST(Cors, ResponsesSayWhoMayReadThem) {
    World world(with_cors());
    const route::Route& route = *world.snapshot->routes().routes()[0];
    Request request("/own");
    request.field("origin", shop);
    ResponseHead head;
    head.fields.push("access-control-allow-origin", "*", FieldId::other);
    head.fields.push("etag", "1", FieldId::other);
    add_cors(route, request.head(), head);
    EXPECT_EQ(fields_of(head), "etag: 1\n"
                               "vary: Origin\n"
                               "access-control-allow-origin: https://shop.example\n"
                               "access-control-expose-headers: ETag, X-Total\n");
}

TEST(Cors, AResponseWithoutOriginStillVaries) {
    World world(with_cors());
    Request request("/own");
    ResponseHead head;
    add_cors(*world.snapshot->routes().routes()[0], request.head(), head);
    EXPECT_EQ(fields_of(head), "vary: Origin\n");
}

TEST(Cors, TwoOriginsAreNone) {
    World world(with_cors());
    Request request("/own");
    request.field("origin", shop).field("origin", "https://evil.example");
    ResponseHead head;
    add_cors(*world.snapshot->routes().routes()[0], request.head(), head);
    EXPECT_EQ(fields_of(head), "vary: Origin\n");
}

TEST(Cors, AnyOriginNeedsNoVary) {
    World world(with_cors({"*"}));
    Request request("/own");
    request.field("origin", "https://anyone.example");
    ResponseHead head;
    add_cors(*world.snapshot->routes().routes()[0], request.head(), head);
    EXPECT_EQ(fields_of(head), "access-control-allow-origin: *\n"
                               "access-control-expose-headers: ETag, X-Total\n");
}

TEST(Cors, CredentialsAreAllowedWhereTheRouteSaysSo) {
    config::Model model = with_cors();
    model.routes[0].cors->credentials = true;
    World world(model);
    Request request("/own");
    request.field("origin", shop);
    ResponseHead head;
    add_cors(*world.snapshot->routes().routes()[0], request.head(), head);
    EXPECT_NE(fields_of(head).find("access-control-allow-credentials: true\n"), std::string::npos);
}

TEST(Cors, ARouteWithoutItLeavesTheUpstreamsFieldsAlone) {
    World world(with_cors());
    Request request("/plain");
    request.field("origin", shop);
    ResponseHead head;
    head.fields.push("access-control-allow-origin", "*", FieldId::other);
    add_cors(*world.snapshot->routes().routes()[1], request.head(), head);
    EXPECT_EQ(fields_of(head), "access-control-allow-origin: *\n");
}

// Without these a browser hides the 401 from the page.
TEST(Cors, RefusalsCarryItToo) {
    World world(with_cors());
    Request request("/own");
    request.field("origin", shop);
    ASSERT_EQ(world.ask(request), Reason::token_missing);
    ResponseHead head;
    render(world.answer(), request.head(), "id", world.scratch, head);
    EXPECT_NE(fields_of(head).find("access-control-allow-origin: https://shop.example\n"),
              std::string::npos);
}

} // namespace
} // namespace policy::headers
