#include "config/complete.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

std::vector<std::string> names_of(std::string_view routes) {
    std::vector<std::string> names;
    for (const Route& route : test::model_of(routes).routes) names.push_back(route.name);
    return names;
}

TEST(RouteName, IsThePathWhereNoneIsWritten) {
    EXPECT_EQ(names_of("routes:\n"
                       "  - { name: mine, path: /a, upstream: app, access: public }\n"
                       "  - { path: \"/b/{id}\", upstream: app, access: public }\n"),
              (std::vector<std::string>{"mine", "/b/{id}"}));
}

TEST(RouteName, IsMadeUniqueByMethodsThenHostThenNumber) {
    EXPECT_EQ(names_of("routes:\n"
                       "  - { path: /a, upstream: app, access: public }\n"
                       "  - { path: /a, methods: [PUT, POST], upstream: app, access: public }\n"
                       "  - { path: /a, methods: [PUT, POST], host: b.example, upstream: app, "
                       "access: public }\n"
                       "  - { path: /a, host: c.example, upstream: app, access: public }\n"
                       "  - { path: /a, host: c.example, upstream: app, access: public }\n"),
              (std::vector<std::string>{"/a", "PUT,POST /a", "b.example PUT,POST /a",
                                        "c.example /a", "c.example /a #2"}));
}

TEST(RouteName, GivesWayToAWrittenOneFurtherDown) {
    EXPECT_EQ(names_of("routes:\n"
                       "  - { path: /a, upstream: app, access: public }\n"
                       "  - { name: /a, path: /b, upstream: app, access: public }\n"),
              (std::vector<std::string>{"/a #2", "/a"}));
}

TEST(RouteTimeouts, TakeFromTheUpstreamWhatTheyDoNotSay) {
    const Model model = test::model_of(
        "routes:\n"
        "  - { path: /a, upstream: slow, access: public, timeouts: { first_byte: 2m } }\n"
        "  - { path: /b, upstream: slow, access: public }\n"
        "upstreams:\n"
        "  slow: { targets: [http://a], timeouts: { connect: 7s, first_byte: 8s } }\n");
    const std::optional<UpstreamTimeouts>& timeouts = model.routes[0].timeouts;
    ASSERT_TRUE(timeouts);
    EXPECT_EQ(timeouts->connect, std::chrono::seconds(7));
    EXPECT_EQ(timeouts->first_byte, std::chrono::minutes(2));
    EXPECT_EQ(timeouts->idle, UpstreamTimeouts{}.idle);
    EXPECT_FALSE(model.routes[1].timeouts);
}

} // namespace
} // namespace config
