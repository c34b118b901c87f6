#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;
using Names = std::vector<std::string>;

std::string report_for(const std::string& members) {
    return report_of("routes:\n  - path: /a\n    upstream: app\n" + members);
}

TEST(Routes, AreRead) {
    const Model model =
        model_of("routes:\n"
                 "  - name: own\n"
                 "    path: /customers/{customer}/**\n"
                 "    hosts: [API.example.com, \"*.example.org\", \"[::1]\"]\n"
                 "    methods: [GET, PROPFIND]\n"
                 "    upstream: app\n"
                 "    access: optional\n"
                 "    issuers: [main]\n"
                 "    body: 1MiB\n"
                 "  - { path: /b, host: b.example, upstream: app, access: public }\n"
                 "  - { path: /c, upstream: app, access: authenticated }\n");
    ASSERT_EQ(model.routes.size(), 3u);
    const Route& route = model.routes[0];
    EXPECT_EQ(route.at, (Position{2, 5}));
    EXPECT_EQ(route.name, "own");
    EXPECT_EQ(route.path, "/customers/{customer}/**");
    EXPECT_EQ(route.hosts, (Names{"api.example.com", "*.example.org", "[::1]"}));
    EXPECT_EQ(route.methods, (Names{"GET", "PROPFIND"}));
    EXPECT_EQ(route.upstream, "app");
    EXPECT_EQ(route.access, Access::optional);
    EXPECT_EQ(route.issuers, Names{"main"});
    EXPECT_EQ(route.body_limit, 1048576u);
    EXPECT_EQ(model.routes[1].access, Access::everyone);
    EXPECT_EQ(model.routes[1].hosts, Names{"b.example"});
    EXPECT_FALSE(model.routes[1].body_limit);
    EXPECT_EQ(model.routes[2].access, Access::authenticated);
}

TEST(Routes, NeedPathUpstreamAndAccess) {
    EXPECT_EQ(report_of("routes:\n  - name: x\n"), "2:5 a route needs `path`\n"
                                                   "2:5 a route needs `upstream`\n"
                                                   "2:5 a route needs `access`\n");
    EXPECT_EQ(report_of("routes: []\n"),
              "1:9 this list is empty (name at least one, or remove the key)\n");
    EXPECT_EQ(report_of("routes: { a: b }\n"), "1:9 expected a list of routes, found a mapping\n");
    EXPECT_EQ(report_of("routes: [/a]\n"), "1:10 expected a mapping for a route, found \"/a\"\n");
}

struct Row {
    std::string members;
    std::string problem;
};

TEST(Routes, ThatAreWrongSayWhere) {
    const std::string access_words =
        "4:13 expected `public`, `optional` or `authenticated`, or a rule, found ";
    const std::string host_hint =
        " (write api.example.com or *.example.com, without scheme and port)";
    const Row table[] = {
        {"access: pubic", access_words + "\"pubic\" (did you mean `public`?)"},
        {"access:",
         "4:5 expected `public`, `optional` or `authenticated`, or a rule, found nothing"},
        {"access: [admin]", access_words + "a list"},
        {"access: {}", "4:13 this rule asks for nothing (add an entry, or write `authenticated`)"},
        {"access: public\n    issuers: [main]",
         "5:5 a public route looks for no token, so it has no issuers (remove the key)"},
        {"access: public\n    methods: [get]", "5:15 expected a method, found \"get\" (write GET)"},
        {"access: public\n    methods: [\"A B\"]", "5:15 expected a method, found \"A B\""},
        {"access: public\n    methods: [CONNECT]", "5:15 CONNECT cannot be forwarded (remove it)"},
        {"access: public\n    methods: GET",
         "5:14 expected a list of strings, found \"GET\" (write `[GET]`)"},
        {"access: public\n    host: https://a.example",
         "5:11 expected a host name, found \"https://a.example\"" + host_hint},
        {"access: public\n    host: a.example:80",
         "5:11 expected a host name, found \"a.example:80\"" + host_hint},
        {"access: public\n    host: \"a.*.example\"",
         "5:11 expected a host name, found \"a.*.example\"" + host_hint},
        {"access: public\n    host: \"*\"", "5:11 expected a host name, found \"*\"" + host_hint},
        {"access: public\n    host: a\n    hosts: [b]",
         "6:5 `host` and `hosts` exclude each other (keep one of them)"},
        {"access: public\n    body: -1", "5:11 expected a size, found \"-1\" (write a whole number "
                                         "of bytes, or with a unit: 16KiB, 10MiB)"},
        {"access: public\n    timeouts: { total: 5s }",
         "5:17 unknown key `total` in `timeouts` (known keys: `connect`, `first_byte` or `idle`)"},
        {"access: public\n    timeouts: { connect: 0s }",
         "5:26 expected a duration from 1ms to 5m, found \"0s\""},
        {"access: public\n    rate_limit: { limit: 100 per minute }",
         "5:5 `rate_limit` is not part of this version of claimgate"},
        {"access: public\n    retries: 1",
         "5:5 `retries` is not part of this version of claimgate"},
        {"access: public\n    mode: shadow",
         "5:5 a public route decides nothing that could be in shadow mode (remove the key)"},
        {"access: optional\n    mode: audit", "5:11 expected `shadow`, found \"audit\""},
        {"acces: public", "4:5 unknown key `acces` in a route (did you mean `access`?)"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_for("    " + row.members + "\n"), row.problem + "\n") << row.members;
}

TEST(Routes, WarnThatAShadowRouteDecidesNothing) {
    const Loaded loaded = test::load_file(test::whole_file(
        "routes: [{ path: /a, upstream: app, access: authenticated, mode: shadow }]\n"));
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(loaded.problems[0].severity, Severity::warning);
    EXPECT_EQ(loaded.problems[0].name, "shadow_route");
    ASSERT_TRUE(loaded.model);
    EXPECT_TRUE(loaded.model->routes[0].shadow);
}

TEST(Routes, HaveAPathThatBeginsWithASlash) {
    EXPECT_EQ(report_of("routes: [{ path: orders, upstream: app, access: public }]\n"),
              "1:18 expected a path that begins with `/`, found \"orders\" (write `/orders`)\n");
}

} // namespace
} // namespace config
