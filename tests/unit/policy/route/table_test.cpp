#include "policy/route/table.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace policy::route {
namespace {

struct Entry {
    std::string path;
    std::vector<std::string> methods = {};
    std::vector<std::string> hosts = {};
};

config::Model model_of(const std::vector<Entry>& entries) {
    config::Model model = support::make_model();
    for (const Entry& entry : entries) {
        config::Route route = support::make_route(entry.path);
        route.at = {static_cast<int>(model.routes.size()) + 1, 1};
        route.methods = entry.methods;
        route.hosts = entry.hosts;
        model.routes.push_back(route);
    }
    return model;
}

class Routes {
public:
    explicit Routes(const std::vector<Entry>& entries)
        : model_(model_of(entries)), table_(Table::compile(model_, problems_)) {
        EXPECT_TRUE(problems_.empty()) << support::text_of(problems_);
    }
    Found find(std::string_view path, std::string_view method = "GET",
               std::string_view host = "g") const {
        return table_.find(host, method, path);
    }
    /// "path" or "path name=value", "405 Allow", "404".
    std::string ask(std::string_view path, std::string_view method = "GET",
                    std::string_view host = "g") const {
        const Found found = find(path, method, host);
        if (!found.route) return found.allow.empty() ? "404" : "405 " + std::string(found.allow);
        std::string text = found.route->settings->path;
        EXPECT_EQ(found.parameters.size, found.route->parameters.size());
        for (std::size_t i = 0; i < found.parameters.size; ++i)
            text +=
                " " + found.route->parameters[i] + "=" + std::string(found.parameters.values[i]);
        return text;
    }

private:
    config::Model model_;
    config::Problems problems_;
    Table table_;
};

constexpr const char* uuid = "123e4567-e89b-12d3-a456-426614174000";

TEST(Routes, TheMostSpecificPathWins) {
    const Routes routes(
        {{"/o/**"}, {"/o/{id}"}, {"/o/{n:int}"}, {"/o/{u:uuid}"}, {"/o/new"}, {"/o/"}});
    EXPECT_EQ(routes.ask("/o/new"), "/o/new");
    EXPECT_EQ(routes.ask("/o/42"), "/o/{n:int} n=42");
    EXPECT_EQ(routes.ask(std::string("/o/") + uuid), std::string("/o/{u:uuid} u=") + uuid);
    EXPECT_EQ(routes.ask("/o/ada"), "/o/{id} id=ada");
    EXPECT_EQ(routes.ask("/o/ada/x"), "/o/**");
    EXPECT_EQ(routes.ask("/o/"), "/o/");
    EXPECT_EQ(routes.ask("/o"), "/o/**");
    EXPECT_EQ(routes.ask("/O/new"), "404"); // H55: case matters
    EXPECT_EQ(routes.ask("/other"), "404");
}

TEST(Routes, EachSegmentIsDecidedFromTheLeft) {
    const Routes routes({{"/a/c/{y}"}, {"/a/{x}/b"}, {"/a/{n:int}/**"}});
    EXPECT_EQ(routes.ask("/a/c/b"), "/a/c/{y} y=b");
    EXPECT_EQ(routes.ask("/a/d/b"), "/a/{x}/b x=d");
    EXPECT_EQ(routes.ask("/a/5/b"), "/a/{n:int}/** n=5");
}

TEST(Routes, AChoiceThatLeadsNowhereIsTakenBack) {
    const Routes routes({{"/a/c/{y:int}"}, {"/a/{x}/b"}, {"/a/**"}});
    EXPECT_EQ(routes.ask("/a/c/b"), "/a/{x}/b x=c");
    EXPECT_EQ(routes.ask("/a/c/7"), "/a/c/{y:int} y=7");
    EXPECT_EQ(routes.ask("/a/c/q"), "/a/**");
    EXPECT_EQ(routes.ask("/a/c/7/8"), "/a/**");
}

// H55: who guards /own/** means /own as well; else a route for everything would take it.
TEST(Routes, RestIsAlsoThePlaceItself) {
    const Routes routes({{"/own/**"}, {"/**"}});
    for (const char* path : {"/own", "/own/", "/own/x", "/own/x/", "/own/x/y"})
        EXPECT_EQ(routes.ask(path), "/own/**") << path;
    for (const char* path : {"/", "/ow", "/ownx", "/own;x/y"})
        EXPECT_EQ(routes.ask(path), "/**") << path;
}

TEST(Routes, ALastSlashIsPartOfThePath) {
    const Routes routes({{"/orders"}, {"/items/"}});
    EXPECT_EQ(routes.ask("/orders"), "/orders");
    EXPECT_EQ(routes.ask("/orders/"), "404");
    EXPECT_EQ(routes.ask("/items/"), "/items/");
    EXPECT_EQ(routes.ask("/items"), "404");
}

TEST(Routes, AParameterIsNeverEmpty) {
    const Routes routes({{"/o/{id}"}, {"/o/{id}/x"}});
    EXPECT_EQ(routes.ask("/o/"), "404");
    EXPECT_EQ(routes.ask("/o/a"), "/o/{id} id=a");
    EXPECT_EQ(routes.ask("/"), "404");
}

TEST(Routes, AnotherMethodIs405WithAllow) {
    const Routes routes(
        {{"/a", {"POST", "GET"}}, {"/b", {"PUT", "HEAD"}}, {"/c"}, {"/d", {"PURGE", "OPTIONS"}}});
    EXPECT_EQ(routes.ask("/a", "GET"), "/a");
    EXPECT_EQ(routes.ask("/a", "HEAD"), "/a");
    EXPECT_EQ(routes.ask("/a", "DELETE"), "405 GET, HEAD, POST");
    EXPECT_EQ(routes.ask("/a", "OPTIONS"), "405 GET, HEAD, POST");
    EXPECT_EQ(routes.ask("/a", "get"), "405 GET, HEAD, POST");
    EXPECT_EQ(routes.ask("/b", "GET"), "405 HEAD, PUT");
    EXPECT_EQ(routes.ask("/c", "PATCH"), "/c");
    EXPECT_EQ(routes.ask("/c", "PURGE"), "405 DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    EXPECT_EQ(routes.ask("/d", "PURGE"), "/d");
}

// A guard for one method must not leave the others to a wider route.
TEST(Routes, AMethodDoesNotFallThroughToALessSpecificPath) {
    const Routes routes({{"/admin", {"GET"}}, {"/**"}});
    EXPECT_EQ(routes.ask("/admin", "DELETE"), "405 GET, HEAD");
}

TEST(Routes, AMethodGoesToTheRouteThatListsIt) {
    const Routes routes({{"/a/{x}", {"GET"}}, {"/a/{y}", {"HEAD", "PUT"}}, {"/a/{z}"}});
    EXPECT_EQ(routes.ask("/a/1", "GET"), "/a/{x} x=1");
    EXPECT_EQ(routes.ask("/a/1", "HEAD"), "/a/{y} y=1");
    EXPECT_EQ(routes.ask("/a/1", "POST"), "/a/{z} z=1");
}

TEST(Routes, HostsGoFromExactToAny) {
    const Routes routes({{"/a", {}, {"api.example.com"}},
                         {"/a", {}, {"*.example.com"}},
                         {"/a", {}, {"*.eu.example.com"}},
                         {"/a"},
                         {"/b", {}, {"only.example.com", "[::1]"}}});
    const auto line = [&](const char* host) {
        return routes.find("/a", "GET", host).route->settings->at.line;
    };
    EXPECT_EQ(line("api.example.com"), 1);
    EXPECT_EQ(line("x.example.com"), 2);
    EXPECT_EQ(line("x.y.example.com"), 2);
    EXPECT_EQ(line("x.eu.example.com"), 3);
    EXPECT_EQ(line("eu.example.com"), 2);
    EXPECT_EQ(line("example.com"), 4);
    EXPECT_EQ(line("evilexample.com"), 4);
    EXPECT_EQ(line(""), 4);
    EXPECT_EQ(routes.ask("/b", "GET", "only.example.com"), "/b");
    EXPECT_EQ(routes.ask("/b", "GET", "[::1]"), "/b");
    EXPECT_EQ(routes.ask("/b", "GET", "other.example.com"), "404");
}

TEST(Routes, PathGoesBeforeHostAndHostBeforeMethod) {
    const Routes routes({{"/a/**", {}, {"g"}}, {"/a/b"}, {"/c", {"GET"}, {"g"}}, {"/c", {"POST"}}});
    EXPECT_EQ(routes.ask("/a/b", "GET", "g"), "/a/b");
    EXPECT_EQ(routes.ask("/a/x", "GET", "g"), "/a/**");
    EXPECT_EQ(routes.ask("/c", "POST", "g"), "405 GET, HEAD");
    EXPECT_EQ(routes.ask("/c", "POST", "h"), "/c");
}

TEST(Routes, APathOfAnotherHostDoesNotHideALessSpecificOne) {
    const Routes routes({{"/a/b", {}, {"h"}}, {"/a/{x}"}});
    EXPECT_EQ(routes.ask("/a/b", "GET", "g"), "/a/{x} x=b");
}

std::string problem_of(const std::vector<Entry>& entries) {
    const config::Model model = model_of(entries);
    config::Problems problems;
    Table::compile(model, problems);
    return support::text_of(problems);
}

TEST(Routes, PairsThatNoRequestTellsApartAreErrorsNamingBothLines) {
    EXPECT_EQ(problem_of({{"/a/{x}", {"GET"}}, {"/b"}, {"/a/{y}", {"PUT", "GET"}}}),
              "gateway.yaml:3: no request can tell this route, '/a/{y}' in line 3, from '/a/{x}' "
              "in line 1\n");
    EXPECT_NE(problem_of({{"/a"}, {"/a"}}), "");
    EXPECT_NE(problem_of({{"/a/**"}, {"/a/**"}}), "");
    EXPECT_NE(problem_of({{"/a", {}, {"g", "h"}}, {"/a", {}, {"h"}}}), "");
    EXPECT_NE(problem_of({{"/%61"}, {"/a"}}), "");
}

TEST(Routes, PairsThatSomethingTellsApartAreFine) {
    EXPECT_EQ(problem_of({{"/a", {"GET"}}, {"/a", {"POST"}}, {"/a"}}), "");
    EXPECT_EQ(problem_of({{"/a", {"GET"}}, {"/a", {"HEAD"}}}), "");
    EXPECT_EQ(problem_of({{"/a", {}, {"g"}}, {"/a", {}, {"*.g"}}, {"/a"}}), "");
    EXPECT_EQ(problem_of({{"/a/{x:int}"}, {"/a/{x}"}, {"/a/**"}, {"/a/"}, {"/a"}}), "");
    EXPECT_EQ(problem_of({{"/a", {"GET", "GET"}, {"g", "g"}}}), "");
    EXPECT_EQ(problem_of({{"/a", {}, {"g", "g"}}}), "");
}

TEST(Routes, TenThousandCompileAndAreFoundInTime) {
    config::Model model = support::make_model();
    for (int i = 0; i < 10'000; ++i)
        model.routes.push_back(support::make_route("/s" + std::to_string(i % 100) + "/r" +
                                                   std::to_string(i) + "/{id:int}/x"));
    config::Problems problems;
    const auto start = std::chrono::steady_clock::now();
    const Table table = Table::compile(model, problems);
    EXPECT_LT(std::chrono::steady_clock::now() - start,
              std::chrono::seconds(5)); // a second without sanitizers
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(table.find("g", "GET", "/s77/r8877/5/x").route->index, 8877u);
    EXPECT_EQ(table.find("g", "GET", "/s78/r8877/5/x").route, nullptr);
}

// H64: every node is looked at once, so a path cannot make the search explode.
TEST(Routes, BacktrackingIsBounded) {
    std::vector<Entry> entries;
    for (const char* last : {"x", "y"}) {
        std::string plain, typed;
        for (int i = 0; i < 15; ++i) {
            plain += "/{p" + std::to_string(i) + "}";
            typed += "/{p" + std::to_string(i) + ":int}";
        }
        entries.push_back({plain + "/" + last});
        entries.push_back({typed + "/" + last});
    }
    const Routes routes(entries);
    std::string path;
    for (int i = 0; i < 15; ++i) path += "/1";
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(routes.find(path + "/z").route, nullptr);
}

} // namespace
} // namespace policy::route
