#include "gateway/admin/watchdog.hpp"

#include <gtest/gtest.h>

namespace {

using gateway::admin::Watchdog;
using namespace std::chrono_literals;

const Watchdog::Instant start = Watchdog::Instant(std::chrono::hours(1));

TEST(Watchdog, BarksWhenAHeartbeatStandsStill) {
    Watchdog dog(2);
    dog.look(0, 1, start);
    dog.look(1, 1, start);
    dog.look(1, 2, start + 6s);
    dog.look(0, 1, start + 6s);
    EXPECT_FALSE(dog.is_stuck(0, start + 10s));
    EXPECT_TRUE(dog.is_stuck(0, start + 11s));
    EXPECT_FALSE(dog.is_stuck(1, start + 11s));
}

TEST(Watchdog, IsQuietAgainWhenTheHeartGoesOn) {
    Watchdog dog(1);
    dog.look(0, 1, start);
    EXPECT_TRUE(dog.is_stuck(0, start + 1h));
    dog.look(0, 2, start + 1h);
    EXPECT_FALSE(dog.is_stuck(0, start + 1h));
}

TEST(Watchdog, WaitsForAWorkerThatHasNotBegun) {
    Watchdog dog(1);
    dog.look(0, 0, start);
    EXPECT_FALSE(dog.is_stuck(0, start + 1h));
}

} // namespace
