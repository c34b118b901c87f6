#include "gateway/keys/freshness.hpp"

#include <gtest/gtest.h>

namespace {

using gateway::keys::parse_max_age;

TEST(Freshness, ReadsMaxAge) {
    struct Case {
        const char* cache_control;
        const char* age;
        std::int64_t seconds; ///< -1: not said
    };
    constexpr Case cases[] = {
        {"", "", -1},
        {"public", "", -1},
        {"max-age=300", "", 300},
        {"public, Max-Age=300, must-revalidate", "", 300},
        {"max-age=\"300\"", "", 300},
        {"max-age=300", "100", 200},
        {"max-age=300", "400", 0},
        {"max-age=300", "soon", 300},
        {"no-store, max-age=300", "", 0},
        {"max-age=300, no-cache", "", 0},
        {"s-maxage=300", "", -1},
        {"max-age", "", -1},
        {"max-age=", "", -1},
        {"max-age=-5", "", -1},
        {"max-age=1e9", "", -1},
        {"max-age=99999999999999999999999", "", 1ll << 31},
        {",,;=,max-age=7", "", 7},
    };
    for (const Case& c : cases) {
        const auto age = parse_max_age(c.cache_control, c.age);
        EXPECT_EQ(age ? age->count() : -1, c.seconds) << c.cache_control;
    }
}

} // namespace
