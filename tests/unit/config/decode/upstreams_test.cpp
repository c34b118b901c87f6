#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;

TEST(Upstreams, AreRead) {
    const Model model = model_of(
        "upstreams:\n"
        "  app:\n"
        "    targets: [http://10.0.0.5:8080, \"HTTP://[::1]:81/\", http://Orders.example]\n"
        "    balance: round_robin\n"
        "    timeouts: { connect: 1s, first_byte: 15s }\n"
        "    keepalive: 8\n"
        "    keepalive_idle: 20s\n");
    ASSERT_EQ(model.upstreams.size(), 1u);
    const Upstream& app = model.upstreams[0];
    EXPECT_EQ(app.name, "app");
    EXPECT_EQ(app.at, (Position{2, 3}));
    ASSERT_EQ(app.targets.size(), 3u);
    EXPECT_EQ(app.targets[0].host, "10.0.0.5");
    EXPECT_EQ(app.targets[0].port, 8080);
    EXPECT_EQ(app.targets[0].text, "http://10.0.0.5:8080");
    EXPECT_EQ(app.targets[0].at, (Position{3, 15}));
    EXPECT_EQ(app.targets[1].host, "::1");
    EXPECT_EQ(app.targets[1].port, 81);
    EXPECT_EQ(app.targets[2].host, "orders.example");
    EXPECT_EQ(app.targets[2].port, 80);
    EXPECT_EQ(app.timeouts.connect, std::chrono::seconds(1));
    EXPECT_EQ(app.timeouts.first_byte, std::chrono::seconds(15));
    EXPECT_EQ(app.timeouts.idle, UpstreamTimeouts{}.idle);
    EXPECT_EQ(app.keepalive, 8u);
    EXPECT_EQ(app.keepalive_idle, std::chrono::seconds(20));
}

TEST(Targets, AreHttpUrlsWithoutPath) {
    EXPECT_EQ(
        report_of("upstreams:\n"
                  "  app:\n"
                  "    targets:\n"
                  "      - 10.0.0.5:8080\n"
                  "      - https://a\n"
                  "      - http://a/base\n"
                  "      - http://a?x\n"
                  "      - http://user@a\n"
                  "      - http://a:0\n"),
        "4:9 this target is no URL: it must begin with https:// or http:// (write "
        "http://HOST:PORT)\n"
        "5:9 `https://` is not part of this version of claimgate (write an http:// target)\n"
        "6:9 a target has no path (the path of the request goes upstream as it is)\n"
        "7:9 a target has no path (the path of the request goes upstream as it is)\n"
        "8:9 this target is no URL: it must not hold a user name or password (write "
        "http://HOST:PORT)\n"
        "9:9 this target is no URL: its host or port is not valid (write http://HOST:PORT)\n");
    EXPECT_EQ(report_of("upstreams: { app: { targets: http://a } }\n"),
              "1:30 expected a list of URLs, found \"http://a\" (write `[http://a]`)\n");
    EXPECT_EQ(report_of("upstreams: { app: { target: [http://a] } }\n"),
              "1:21 unknown key `target` in the upstream `app` (did you mean `targets`?)\n");
    EXPECT_EQ(report_of("upstreams: { app: {} }\n"), "1:14 the upstream `app` needs `targets`\n");
}

TEST(Upstreams, NameWhatThisVersionDoesNotHave) {
    const std::string later = " is not part of this version of claimgate";
    EXPECT_EQ(report_of("upstreams:\n"
                        "  app:\n"
                        "    targets: [http://a]\n"
                        "    health: { path: / }\n"
                        "    retries: { attempts: 2 }\n"
                        "    balance: least_request\n"),
              "4:5 `health`" + later + "\n5:5 `retries`" + later + "\n6:14 `least_request`" +
                  later + " (write round_robin, or remove the key)\n");
    EXPECT_EQ(
        report_of(
            "upstreams: { app: { targets: [http://a], balance: { hash: \"{claim.sub}\" } } }\n"),
        "1:51 `hash`" + later + " (write round_robin, or remove the key)\n");
    EXPECT_EQ(report_of("upstreams: { app: { targets: [http://a], balance: random } }\n"),
              "1:51 expected `round_robin`, found \"random\"\n");
}

TEST(Names, AreShortAndPlain) {
    EXPECT_EQ(
        report_of(
            "upstreams: { app: { targets: [http://a] }, \"a b\": { targets: [http://a] } }\n"),
        "1:44 `a b` is not a name (use up to 64 letters, digits, `-`, `_` and `.`)\n");
    EXPECT_EQ(report_of("policies: { \"\": { roles: [a] } }\n"),
              "1:13 `` is not a name (use up to 64 letters, digits, `-`, `_` and `.`)\n");
}

} // namespace
} // namespace config
