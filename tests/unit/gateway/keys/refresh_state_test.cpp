#include "gateway/keys/refresh_state.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::keys;
using namespace std::chrono_literals;
using Want = RefreshState::Want;

const Instant start = Instant(std::chrono::hours(1));

/// A machine whose first fetch succeeded at `start` with this max-age.
RefreshState fetched(std::optional<std::chrono::seconds> max_age, double random = 0.5) {
    RefreshState machine(start);
    machine.start_flight();
    machine.on_success(start, max_age, random);
    return machine;
}

TEST(RefreshState, IsDueAtOnce) {
    const RefreshState machine(start);
    EXPECT_TRUE(machine.is_due(start));
    EXPECT_FALSE(machine.has_keys(start));
    EXPECT_EQ(machine.next_event(start), start);
}

TEST(RefreshState, FliesOnceAtATime) {
    RefreshState machine(start);
    machine.start_flight();
    EXPECT_FALSE(machine.is_due(start + 1h));
    EXPECT_EQ(machine.want(start + 1h), Want::in_flight);
    EXPECT_EQ(machine.next_event(start), std::nullopt);
}

TEST(RefreshState, RefreshesAfterAboutEightyPercentOfMaxAgeWithinBounds) {
    struct Case {
        std::optional<std::chrono::seconds> max_age;
        double random;
        std::chrono::milliseconds due;
    };
    const Case cases[] = {
        {1000s, 0.0, 750s},        {1000s, 0.5, 800s},
        {1000s, 0.999, 849'900ms}, {0s, 0.5, 48s},
        {59s, 0.5, 48s},           {100h, 0.5, 69'120s},
        {std::nullopt, 0.5, 480s}, {std::chrono::seconds::max(), 0.0, 64'800s},
    };
    for (const Case& c : cases) {
        const RefreshState machine = fetched(c.max_age, c.random);
        EXPECT_TRUE(machine.has_keys(start));
        EXPECT_FALSE(machine.is_due(start + c.due - 1ms)) << c.due.count();
        EXPECT_TRUE(machine.is_due(start + c.due)) << c.due.count();
        EXPECT_EQ(machine.next_event(start), start + c.due);
    }
}

TEST(RefreshState, WaitsTwiceAsLongAfterEachFailureUpToFiveMinutes) {
    RefreshState machine(start);
    for (const auto wait : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s}) {
        machine.start_flight();
        machine.on_failure(start, 1.0);
        EXPECT_EQ(machine.next_event(start), start + wait);
    }
    for (int i = 0; i < 100; ++i) machine.on_failure(start, 1.0);
    EXPECT_EQ(machine.next_event(start), start + 300s) << "many failures do not overflow";
}

TEST(RefreshState, SpreadsRetriesOverHalfOfTheWait) {
    RefreshState machine(start);
    machine.on_failure(start, 0.0);
    EXPECT_EQ(machine.next_event(start), start + 500ms);
}

TEST(RefreshState, StartsOverWithShortWaitsAfterASuccess) {
    RefreshState machine(start);
    for (int i = 0; i < 5; ++i) machine.on_failure(start, 1.0);
    machine.on_success(start, 1h, 0.5);
    machine.on_failure(start, 1.0);
    EXPECT_EQ(machine.next_event(start), start + 1s);
}

TEST(RefreshState, KeepsItsKeysThroughFailuresUntilTheyAreADayOld) {
    RefreshState machine = fetched(60s);
    machine.start_flight();
    machine.on_failure(start + 1h, 0.5);
    EXPECT_TRUE(machine.has_keys(start + 24h - 1ms));
    EXPECT_FALSE(machine.has_keys(start + 24h));
}

TEST(RefreshState, WakesUpWhenKeysBecomeTooOldWhileAFetchHangs) {
    RefreshState machine = fetched(60s);
    machine.start_flight();
    EXPECT_EQ(machine.next_event(start + 1h), start + 24h);
    EXPECT_EQ(machine.next_event(start + 24h), std::nullopt);
}

TEST(RefreshState, FetchesForAnUnknownKidOnceInThirtySeconds) {
    RefreshState machine = fetched(1h);
    EXPECT_EQ(machine.next_want(), start + 30s);
    EXPECT_EQ(machine.want(start + 29'999ms), Want::too_soon);
    EXPECT_FALSE(machine.is_flying());
    EXPECT_EQ(machine.want(start + 30s), Want::fetch);
    EXPECT_TRUE(machine.is_flying());
    EXPECT_EQ(machine.want(start + 30s), Want::in_flight);
    machine.on_success(start + 31s, 1h, 0.5);
    EXPECT_EQ(machine.want(start + 60s), Want::too_soon);
    EXPECT_EQ(machine.want(start + 61s), Want::fetch);
}

TEST(RefreshState, CoolsDownAfterAFailureToo) {
    RefreshState machine = fetched(1h);
    ASSERT_EQ(machine.want(start + 40s), Want::fetch);
    machine.on_failure(start + 41s, 0.5);
    EXPECT_EQ(machine.want(start + 70s), Want::too_soon);
    EXPECT_EQ(machine.want(start + 71s), Want::fetch);
}

TEST(RefreshState, UsesRestoredKeysAndRefreshesThemAtOnce) {
    RefreshState machine(start);
    machine.restore(start, 23h);
    EXPECT_TRUE(machine.has_keys(start));
    EXPECT_TRUE(machine.is_due(start));
    EXPECT_FALSE(machine.has_keys(start + 1h));
}

TEST(RefreshState, DoesNotUseRestoredKeysOlderThanADay) {
    RefreshState machine(start);
    machine.restore(start, 24h);
    EXPECT_FALSE(machine.has_keys(start));
}

} // namespace
