// Ten thousand routes: each is found by its own path, and by no other. How long that takes is
// measured by tests/bench/route_bench.cpp.

#include "config/load.hpp"
#include "policy/review/review.hpp"
#include "policy/snapshot.hpp"
#include "tests/support/many_routes.hpp"

#include <gtest/gtest.h>

namespace policy::route {
namespace {

TEST(TenThousandRoutes, AreEachFoundByTheirOwnPath) {
    constexpr std::size_t count = 10'000;
    config::Loaded loaded = config::load_text(support::many_routes(count), "many.yaml");
    ASSERT_TRUE(loaded.model);
    const auto snapshot = Snapshot::compile(
        std::make_shared<const config::Model>(std::move(*loaded.model)), {}, loaded.problems);
    ASSERT_TRUE(snapshot);
    for (std::size_t i = 0; i < count; ++i) {
        const Found found = snapshot->routes().find("g", "GET", support::path_of_route(i));
        ASSERT_TRUE(found.route) << i;
        EXPECT_EQ(found.route->index, i);
    }
    EXPECT_FALSE(snapshot->routes().find("g", "GET", "/service-1/part-0").route);
    EXPECT_FALSE(snapshot->routes().find("g", "GET", "/service-500/part-0/settings").route);
    EXPECT_TRUE(review::warnings_of(*snapshot).empty());
}

} // namespace
} // namespace policy::route
