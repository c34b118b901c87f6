#include "tests/support/rules.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::route {
namespace {

config::Model one_route() {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/a/{x}")};
    model.routes[0].at = {7, 3};
    return model;
}

TEST(CompileRoute, CarriesWhatTheRequestPathNeeds) {
    config::Model model = one_route();
    config::Route& route = model.routes[0];
    route.issuers = {"b"};
    route.forward.headers = {{{9, 1}, "X-Customer", "{claim.sub}"}};
    const auto snapshot = support::compile(model);
    const Route& compiled = *snapshot->routes().routes()[0];
    EXPECT_EQ(compiled.settings, &snapshot->model().routes[0]);
    EXPECT_EQ(compiled.parameters, std::vector<std::string>{"x"});
    EXPECT_EQ(compiled.issuers, (std::vector<bool>{false, true}));
    EXPECT_EQ(compiled.headers[0].name, "x-customer");
    EXPECT_EQ(compiled.body_limit, model.limits.body);
    EXPECT_EQ(compiled.timeouts.connect, model.upstreams[0].timeouts.connect);
    EXPECT_TRUE(compiled.rule.empty());
}

TEST(CompileRoute, ARoutesOwnLimitsGoBeforeTheGeneralOnes) {
    config::Model model = one_route();
    model.routes[0].body_limit = 17;
    model.routes[0].timeouts = config::UpstreamTimeouts{std::chrono::milliseconds(5)};
    const auto snapshot = support::compile(model);
    EXPECT_EQ(snapshot->routes().routes()[0]->body_limit, 17u);
    EXPECT_EQ(snapshot->routes().routes()[0]->timeouts.connect, std::chrono::milliseconds(5));
}

TEST(CompileRoute, NamesThatAreNotThereAreErrors) {
    config::Model model = one_route();
    model.routes[0].upstream = "nowhere";
    model.routes[0].issuers = {"nobody"};
    EXPECT_EQ(support::problems_of(model), "gateway.yaml:7: there is no upstream 'nowhere'\n"
                                           "gateway.yaml:7: there is no issuer 'nobody'\n");
}

TEST(CompileRoute, ThePoliciesOfAllRoutesTogetherAreBounded) {
    using config::EntryKind;
    const config::Rule role = support::rule({support::entry(EntryKind::roles, {"a"})});
    config::Model model = support::make_model();
    model.policies = {{{2, 1},
                       "large",
                       support::rule({support::group(EntryKind::any, std::vector(4000, role))})}};
    for (int i = 0; i < 80; ++i) {
        config::Route route = support::make_route("/a" + std::to_string(i));
        route.at = {i + 10, 3};
        route.access = config::Access::rule;
        route.rule = support::rule({support::entry(EntryKind::policy, {"large"})});
        model.routes.push_back(route);
    }
    EXPECT_EQ(support::problems_of(model),
              "gateway.yaml:72: the rules of all routes together have more than 500,000 entries, "
              "policies counted wherever they are used\n");
}

TEST(CompileRoute, HeadersOfTheGatewayItselfAreReserved) {
    for (const char* name : {"Connection", "Content-Length", "Host", "Transfer-Encoding",
                             "X-Forwarded-For", "Upgrade", "TE", "Expect"}) {
        config::Model model = one_route();
        model.routes[0].forward.headers = {{{9, 1}, name, "x"}};
        EXPECT_EQ(support::problems_of(model),
                  std::string("gateway.yaml:9: '") + name + "' is written by the gateway itself\n");
    }
}

TEST(CompileRoute, HeaderNamesAreChecked) {
    for (const char* name : {"", "X_A", "X A", "X:A", "X\r\nA", "X.A", "\xc3\xa4"}) {
        config::Model model = one_route();
        model.routes[0].forward.headers = {{{9, 1}, name, "x"}};
        EXPECT_NE(support::problems_of(model), "") << name;
    }
    config::Model model = one_route();
    model.routes[0].forward.headers = {{{9, 1}, "X-A", "x"}, {{10, 1}, "x-a", "y"}};
    EXPECT_EQ(support::problems_of(model), "gateway.yaml:10: 'x-a' is set twice\n");
}

TEST(CompileRoute, ARouteAddsABoundedNumberOfHeaders) {
    config::Model model = one_route();
    for (int i = 0; i < 24; ++i)
        model.routes[0].forward.headers.push_back({{9, 1}, "X-" + std::to_string(i), "x"});
    EXPECT_EQ(support::problems_of(model), "");
    model.routes[0].forward.headers.push_back({{9, 1}, "X-24", "x"});
    EXPECT_EQ(support::problems_of(model), "gateway.yaml:9: a route adds at most 24 headers\n");
}

TEST(CompileRoute, MethodsThatAreNeverForwardedAreErrors) {
    for (const char* method : {"CONNECT", "TRACE", "TRACK", "PRI"}) {
        config::Model model = one_route();
        model.routes[0].methods = {method};
        EXPECT_NE(support::problems_of(model).find("never forwarded"), std::string::npos) << method;
    }
}

TEST(CompileRoute, AnUnknownParameterInAHeaderIsAnError) {
    config::Model model = one_route();
    model.routes[0].forward.headers = {{{9, 1}, "X-A", "{path.y}"}};
    EXPECT_EQ(support::problems_of(model), "gateway.yaml:9: the path has no parameter 'y'\n");
}

} // namespace
} // namespace policy::route
