#include "gateway/observe/timestamp.hpp"

#include <gtest/gtest.h>

namespace {

using gateway::observe::Timestamp;
using policy::TimePoint;
using std::chrono::milliseconds;

TimePoint at(std::int64_t ms) { return TimePoint(milliseconds(ms)); }

TEST(Timestamp, IsRfc3339InUtcWithMilliseconds) {
    struct Case {
        std::int64_t ms;
        const char* text;
    };
    constexpr Case cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {1, "1970-01-01T00:00:00.001Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {951'782'399'999, "2000-02-28T23:59:59.999Z"},
        {951'782'400'000, "2000-02-29T00:00:00.000Z"},
        {1'795'507'631'042, "2026-11-24T08:07:11.042Z"},
        {4'102'444'800'000, "2100-01-01T00:00:00.000Z"},
    };
    Timestamp stamp;
    for (const Case& c : cases) EXPECT_EQ(stamp.format(at(c.ms)), c.text) << c.ms;
}

TEST(Timestamp, FollowsTimeThatGoesBack) {
    Timestamp stamp;
    EXPECT_EQ(stamp.format(at(1500)), "1970-01-01T00:00:01.500Z");
    EXPECT_EQ(stamp.format(at(1250)), "1970-01-01T00:00:01.250Z");
    EXPECT_EQ(stamp.format(at(250)), "1970-01-01T00:00:00.250Z");
}

TEST(Timestamp, StaysTwentyFourBytesLongAtAnyTime) {
    Timestamp stamp;
    EXPECT_EQ(stamp.format(TimePoint::max()).substr(0, 19), "9999-12-31T23:59:59");
    EXPECT_EQ(stamp.format(TimePoint::min()).substr(0, 19), "0000-01-01T00:00:00");
    EXPECT_EQ(stamp.format(TimePoint::max()).size(), 24u);
}

} // namespace
