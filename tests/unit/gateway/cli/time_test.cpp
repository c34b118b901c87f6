#include "gateway/cli/time.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gateway::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

policy::TimePoint at(std::int64_t unix_seconds) { return policy::TimePoint(seconds(unix_seconds)); }

TEST(ParseTime, ReadsRfc3339AndUnixSeconds) {
    const struct {
        const char* text;
        policy::TimePoint time;
    } table[] = {
        {"0", at(0)},
        {"1795507200", at(1795507200)},
        {"1970-01-01T00:00:00Z", at(0)},
        {"2026-11-24T08:00:00Z", at(1795507200)},
        {"2026-11-24t08:00:00z", at(1795507200)},
        {"2026-11-24 08:00:00Z", at(1795507200)},
        {"2026-11-24T09:00:00+01:00", at(1795507200)},
        {"2026-11-24T02:30:00-05:30", at(1795507200)},
        {"2026-11-24T08:00:00.25Z", at(1795507200) + milliseconds(250)},
        {"2026-11-24T08:00:00.123456789Z", at(1795507200) + milliseconds(123)},
        {"2024-02-29T00:00:00Z", at(1709164800)},
        {"2016-12-31T23:59:60Z", at(1483228800)}, // a leap second
    };
    for (const auto& row : table) {
        SCOPED_TRACE(row.text);
        const auto time = parse_time(row.text);
        ASSERT_TRUE(time.has_value());
        EXPECT_EQ(*time, row.time);
    }
}

TEST(ParseTime, RefusesWhatIsNotOnePointInTime) {
    for (const char* text :
         {"", "now", "-1", "1e9", "2026-11-24", "2026-11-24T08:00:00", "2026-11-24T08:00Z",
          "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-24T24:00:00Z",
          "2026-11-24T08:60:00Z", "2026-11-24T08:00:61Z", "2026-11-24T08:00:00.Z",
          "2026-11-24T08:00:00Zx", "2026-11-24T08:00:00+24:00", "2026-11-24T08:00:00+0100",
          "1795507200000000", " 1795507200"}) {
        SCOPED_TRACE(text);
        EXPECT_FALSE(parse_time(text).has_value());
    }
}

TEST(FormatTime, WritesUtc) {
    EXPECT_EQ(format_time(0), "1970-01-01 00:00:00 UTC");
    EXPECT_EQ(format_time(1795507200), "2026-11-24 08:00:00 UTC");
}

TEST(FormatTime, LeavesWhatIsNoDateAsItIs) {
    EXPECT_EQ(format_time(-5), "-5");
    EXPECT_EQ(format_time(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
}

TEST(DistanceInWords, UsesTheLargestUnitThatFits) {
    const auto now = at(1000000000);
    const struct {
        std::int64_t offset;
        const char* words;
    } table[] = {{0, "now"},
                 {1, "in 1 second"},
                 {-59, "59 seconds ago"},
                 {60, "in 1 minute"},
                 {-7199, "1 hour ago"},
                 {86400 * 3, "in 3 days"},
                 {-86400 * 365 * 2, "2 years ago"}};
    for (const auto& row : table) {
        SCOPED_TRACE(row.offset);
        EXPECT_EQ(distance_in_words(1000000000 + row.offset, now), row.words);
    }
}

TEST(DistanceInWords, SurvivesTheWildestClaims) {
    EXPECT_NE(distance_in_words(std::numeric_limits<std::int64_t>::max(), at(0)), "now");
    EXPECT_NE(distance_in_words(std::numeric_limits<std::int64_t>::min(), at(0)), "now");
}

} // namespace
} // namespace gateway::cli
