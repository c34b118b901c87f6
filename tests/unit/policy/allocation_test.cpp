// The request path allocates nothing once a token is known: counted by replacing operator new in
// this binary.

#include "policy/answers.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace policy {
namespace {

using config::EntryKind;
using support::Request;

config::Model everything() {
    config::Model model = support::make_model();
    model.trusted_proxies = {"192.0.2.0/24"};
    config::Route route = support::make_route("/customers/{customer}/orders/**");
    route.access = config::Access::rule;
    route.rule = support::rule(
        {support::entry(EntryKind::scopes, {"orders:read"}),
         support::group(
             EntryKind::any,
             {support::rule({support::matches(
                  EntryKind::claims, {support::match("sub", config::Operator::equals,
                                                     {support::scalar("{path.customer}")})})}),
              support::rule({support::entry(EntryKind::roles, {"support"})})}),
         support::matches(EntryKind::request, {support::match("query.a", config::Operator::prefix,
                                                              {support::scalar("x")})})});
    route.forward.headers = {{{}, "X-Customer", "{claim.sub}"},
                             {{}, "X-Roles", "{claim.roles}/{host}"}};
    model.routes = {route, support::make_route("/other")};
    return model;
}

std::size_t allocations_of_second(Request& request, Reason expected) {
    static support::World world(everything());
    RequestHead& head = request.head();
    const Peer peer{parse_address(world.peer).value(), world.peer};
    Tools tools{world.scratch, world.proofs};
    std::size_t counted = 0;
    for (int round = 0; round < 2; ++round) {
        world.scratch.reset();
        const std::size_t before = allocations;
        const Outcome outcome =
            admit(*world.snapshot, head, peer, world.now, tools, world.findings);
        const auto* answer = std::get_if<Answer>(&outcome);
        EXPECT_EQ(answer ? answer->reason : Reason::allowed, expected);
        ResponseHead response;
        if (answer) render(*answer, head, "id", world.scratch, response);
        counted = allocations - before;
    }
    return counted;
}

TEST(Allocation, AKnownTokenCostsNone) {
    Request request("/customers/%61da/orders/7?b=1&a=x%20y");
    request.bearer(
        support::token_of('a', {{"scope", "\"orders:read\""}, {"roles", "[\"a\",\"b\"]"}}));
    request.field("accept", "*/*")
        .field("x-customer", "evil")
        .field("connection", "keep-alive, x-y");
    request.field("x-forwarded-for", "2001:db8::1, 198.51.100.4");
    EXPECT_EQ(allocations_of_second(request, Reason::allowed), 0u);
}

TEST(Allocation, ARefusalCostsNone) {
    Request missing("/customers/ada/orders/7");
    EXPECT_EQ(allocations_of_second(missing, Reason::token_missing), 0u);
    Request nowhere("/nowhere/%41");
    EXPECT_EQ(allocations_of_second(nowhere, Reason::no_route), 0u);
    Request bad("/a/%2f");
    EXPECT_EQ(allocations_of_second(bad, Reason::bad_target), 0u);
    Request denied("/customers/ada/orders/7?a=x");
    denied.bearer(support::token_of('a'));
    EXPECT_EQ(allocations_of_second(denied, Reason::insufficient_scope), 0u);
}

} // namespace
} // namespace policy
