#include "gateway/http1/framing.hpp"

#include <gtest/gtest.h>

namespace gateway::http1 {

namespace {

using Kind = policy::BodyFraming::Kind;
using policy::FieldId;

policy::Field field(FieldId id, std::string_view value) { return {"", value, id, false}; }

} // namespace

TEST(Framing, ReadsPlainNumbersOfUpToEighteenDigits) {
    EXPECT_EQ(parse_content_length("0"), 0U);
    EXPECT_EQ(parse_content_length("10"), 10U);
    EXPECT_EQ(parse_content_length("999999999999999999"), 999999999999999999U);
    EXPECT_FALSE(parse_content_length("1000000000000000000"));
}

TEST(Framing, RefusesEveryByteThatIsNoDigit) {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text = std::string("1") + static_cast<char>(byte);
        EXPECT_EQ(parse_content_length(text).has_value(), byte >= '0' && byte <= '9') << byte;
    }
}

TEST(Framing, IsWhatTheCallerSaysWithoutFields) {
    EXPECT_EQ(Framing().body(1, Kind::none)->kind, Kind::none);
    EXPECT_EQ(Framing().body(0, Kind::until_close)->kind, Kind::until_close);
}

TEST(Framing, IgnoresEmptyElementsOfConnection) {
    Framing framing;
    EXPECT_TRUE(framing.take(field(FieldId::connection, ", ,close,")));
    EXPECT_FALSE(framing.keep_alive(1));
}

TEST(Framing, TakesOnlyTokensInConnection) {
    EXPECT_FALSE(Framing().take(field(FieldId::connection, "close;x")));
    EXPECT_FALSE(Framing().take(field(FieldId::connection, "a b")));
    EXPECT_FALSE(Framing().take(field(FieldId::connection, "close\xa0")));
}

TEST(Framing, RefusesACodingWithALengthInEitherOrder) {
    Framing one;
    EXPECT_TRUE(one.take(field(FieldId::content_length, "5")));
    EXPECT_TRUE(one.take(field(FieldId::transfer_encoding, "chunked")));
    EXPECT_FALSE(one.body(1, Kind::none));
    Framing other;
    EXPECT_TRUE(other.take(field(FieldId::transfer_encoding, "chunked")));
    EXPECT_TRUE(other.take(field(FieldId::content_length, "0")));
    EXPECT_FALSE(other.body(1, Kind::none));
}

TEST(Framing, RefusesACodingInHttp10) {
    Framing framing;
    EXPECT_TRUE(framing.take(field(FieldId::transfer_encoding, "chunked")));
    EXPECT_FALSE(framing.body(0, Kind::none));
    EXPECT_EQ(framing.body(1, Kind::none)->kind, Kind::chunked);
}

} // namespace gateway::http1
