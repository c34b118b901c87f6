#include "policy/headers/identity.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::headers {
namespace {

using support::Request;

TEST(Identity, FoldsTheSpellingsThatServersFold) {
    EXPECT_EQ(fold_name("X_Customer.Id"), "x-customer-id");
}

TEST(Identity, DropsEverySpelling) {
    // H90; the parser gives names in lower case
    const std::vector<std::string> names = {"x-customer", "x-roles"};
    Request request("/");
    for (const char* name : {"x-customer", "x_customer", "x.customer", "x-roles", "x-customer"})
        request.field(name, "evil");
    request.field("x-customers", "1")
        .field("x-custome", "2")
        .field("accept", "3")
        .field("x.other", "4");
    RequestHead& head = request.head();
    drop_identity(head, names);
    EXPECT_EQ(support::forwarded(head), "x-customers x-custome accept x.other");
}

TEST(Identity, DropsUnderscoresWhateverTheyName) {
    Request request("/");
    request.field("my_own", "1").field("_", "2").field("my-own", "3");
    RequestHead& head = request.head();
    drop_identity(head, {});
    EXPECT_EQ(support::forwarded(head), "my-own");
}

// H80, H90, H92: on a whole request, on a public route as well.
TEST(Identity, IsOursOnEveryRoute) {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/own"), support::make_route("/open")};
    model.routes[0].forward.headers = {{{}, "X-Customer", "{claim.sub}"}};
    model.routes[1].access = config::Access::everyone;
    support::World world(model);
    for (const char* path : {"/own", "/open"}) {
        Request request(path);
        request.bearer(support::token_of('a'))
            .field("x-customer", "evil")
            .field("X_Customer", "evil");
        request.field("connection", "close, X-Customer").field("accept", "*/*");
        ASSERT_EQ(world.ask(request), Reason::allowed) << path;
        const bool own = std::string_view(path) == "/own";
        EXPECT_EQ(support::added(world.admitted(), "x-customer"), own ? "ada" : "") << path;
    }
    Request request("/open");
    request.bearer("a").bearer("b").field("x-customer", "evil").field("accept", "*/*");
    RequestHead& head = request.head();
    const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7", false, 0};
    Tools tools{world.scratch, world.proofs};
    admit(*world.snapshot, head, peer, world.now, tools, world.findings);
    EXPECT_EQ(support::forwarded(head), "accept");
}

TEST(Identity, AuthorizationIsKeptOnlyWhereTheRouteSaysSo) {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/keep"), support::make_route("/strip")};
    model.routes[0].forward.authorization = config::AuthorizationHeader::keep;
    support::World world(model);
    for (const char* path : {"/keep", "/strip"}) {
        Request request(path);
        request.bearer(support::token_of('a'));
        RequestHead& head = request.head();
        const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7", false, 0};
        Tools tools{world.scratch, world.proofs};
        admit(*world.snapshot, head, peer, world.now, tools, world.findings);
        EXPECT_EQ(support::forwarded(head),
                  std::string_view(path) == "/keep" ? "authorization" : "");
    }
}

} // namespace
} // namespace policy::headers
