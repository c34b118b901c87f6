#include "policy/headers/forwarded.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::headers {
namespace {

using support::added;
using support::Request;
using support::World;

config::Model open_behind_proxy() {
    config::Model model = support::make_model();
    model.trusted_proxies = {"10.0.0.0/8"};
    model.routes = {support::make_route("/")};
    model.routes[0].access = config::Access::everyone;
    return model;
}

Request told(std::string host = "g") {
    Request request("/", "GET", std::move(host));
    request.field("x-forwarded-for", "6.6.6.6, 1.2.3.4").field("x-forwarded-for", "10.9.9.9");
    request.field("x-forwarded-proto", "HTTPS").field("x-forwarded-host", "Shop.example.com");
    request.field("x-forwarded-port", "8443");
    return request;
}

TEST(Forwarded, SaysWhatWeSawOfAnUntrustedPeer) {
    World world(open_behind_proxy());
    Request request = told("G:8080");
    ASSERT_EQ(world.ask(request), Reason::allowed);
    EXPECT_EQ(added(world.admitted(), "x-forwarded-for"), "192.0.2.7");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-proto"), "http");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-host"), "g:8080");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-port"), "");
    world.tls = true;
    ASSERT_EQ(world.ask(told()), Reason::allowed);
    EXPECT_EQ(added(world.admitted(), "x-forwarded-proto"), "https");
}

TEST(Forwarded, ContinuesTheStoryOfATrustedProxy) {
    World world(open_behind_proxy());
    world.peer = "10.0.0.1";
    Request request = told();
    ASSERT_EQ(world.ask(request), Reason::allowed);
    EXPECT_EQ(world.admitted().client_text(), "1.2.3.4");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-for"), "6.6.6.6, 1.2.3.4, 10.9.9.9, 10.0.0.1");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-proto"), "https");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-host"), "Shop.example.com");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-port"), "8443");
}

TEST(Forwarded, DoesNotPassOnWhatIsNotWellFormed) {
    World world(open_behind_proxy());
    world.peer = "10.0.0.1";
    Request request("/");
    request.field("x-forwarded-proto", "gopher").field("x-forwarded-host", "a, b");
    request.field("x-forwarded-port", "80x").field("x-forwarded-for", std::string(3000, 'x'));
    ASSERT_EQ(world.ask(request), Reason::allowed);
    EXPECT_EQ(added(world.admitted(), "x-forwarded-proto"), "http");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-host"), "g");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-port"), "");
    EXPECT_EQ(added(world.admitted(), "x-forwarded-for"), "10.0.0.1");
    Request twice("/");
    twice.field("x-forwarded-proto", "https").field("x-forwarded-proto", "http");
    ASSERT_EQ(world.ask(twice), Reason::allowed);
    EXPECT_EQ(added(world.admitted(), "x-forwarded-proto"), "http");
}

TEST(Forwarded, DropsAChainThatNoHeaderMayCarry) {
    World world(open_behind_proxy());
    world.peer = "10.0.0.1";
    for (const std::string& bad :
         {std::string("1.2.3.4\0", 8), std::string("1.2.3.4\r\nx: y"), std::string("\xff")}) {
        Request request("/");
        request.field("x-forwarded-for", "5.6.7.8").field("x-forwarded-for", bad);
        ASSERT_EQ(world.ask(request), Reason::allowed);
        EXPECT_EQ(added(world.admitted(), "x-forwarded-for"), "10.0.0.1");
    }
}

TEST(Forwarded, TheClientsOwnFieldsAreReplaced) {
    World world(open_behind_proxy());
    world.peer = "10.0.0.1";
    Request request = told();
    RequestHead& head = request.head();
    const Peer peer{parse_address(world.peer).value(), world.peer};
    Tools tools{world.scratch, world.proofs};
    admit(*world.snapshot, head, peer, world.now, tools, world.findings);
    EXPECT_EQ(support::forwarded(head), "");
}

} // namespace
} // namespace policy::headers
