#include "config/decode/scalar.hpp"

#include <gtest/gtest.h>

namespace config::decode {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Integer, IsStrictlyDecimal) {
    EXPECT_EQ(parse_integer("0"), 0);
    EXPECT_EQ(parse_integer("-12"), -12);
    EXPECT_EQ(parse_integer("9223372036854775807"), 9223372036854775807);
    for (const std::string_view text : {"", "-", "+1", "010", "00", "-0", "0x10", "0o7", "1_000",
                                        "1.0", "1e3", " 1", "1 ", "9223372036854775808"})
        EXPECT_EQ(parse_integer(text), std::nullopt) << text;
}

TEST(Decimal, NeedsAFractionOrAnExponent) {
    EXPECT_EQ(parse_decimal("0.5"), 0.5);
    EXPECT_EQ(parse_decimal("-1.25e2"), -125.0);
    EXPECT_EQ(parse_decimal("1e3"), 1000.0);
    for (const std::string_view text :
         {"", "1", ".5", "1.", "01.5", "1e", "1e999", "inf", "nan", ".inf", "+1.5", "1.5x"})
        EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

TEST(Durations, HaveANumberAndAUnit) {
    EXPECT_EQ(parse_duration("500ms"), milliseconds(500));
    EXPECT_EQ(parse_duration("30s"), seconds(30));
    EXPECT_EQ(parse_duration("5m"), minutes(5));
    EXPECT_EQ(parse_duration("1h"), hours(1));
    EXPECT_EQ(parse_duration("30d"), hours(720));
    EXPECT_EQ(parse_duration("0s"), seconds(0));
    EXPECT_EQ(parse_duration("3650d"), hours(24 * 3650));
    for (const std::string_view text :
         {"", "30", "s", "30 s", "30S", "1.5s", "-1s", "010s", "1h30m", "30sec", "3651d",
          "99999999999999999999s", "9223372036854775807d"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

TEST(Sizes, AreBytesOrBinaryUnits) {
    EXPECT_EQ(parse_size("0"), 0u);
    EXPECT_EQ(parse_size("1000"), 1000u);
    EXPECT_EQ(parse_size("7B"), 7u);
    EXPECT_EQ(parse_size("16KiB"), 16384u);
    EXPECT_EQ(parse_size("10MiB"), 10485760u);
    EXPECT_EQ(parse_size("2GiB"), 2147483648u);
    for (const std::string_view text :
         {"", "KiB", "16KB", "16k", "16 KiB", "1.5MiB", "-1", "010", "9999999GiB"})
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
}

TEST(Texts, UseTheLargestUnitThatDivides) {
    EXPECT_EQ(duration_text(seconds(300)), "5m");
    EXPECT_EQ(duration_text(milliseconds(1500)), "1500ms");
    EXPECT_EQ(duration_text(hours(24)), "1d");
    EXPECT_EQ(duration_text(seconds(0)), "0ms");
    EXPECT_EQ(size_text(61440), "60KiB");
    EXPECT_EQ(size_text(1000), "1000B");
}

std::string kind_of(std::string_view text) {
    std::string why, hint;
    const std::optional<Scalar> scalar = parse_plain(text, {}, why, hint);
    if (!scalar) return why;
    constexpr std::string_view kinds[] = {"null", "bool", "integer", "decimal", "string"};
    return std::string(kinds[scalar->value.index()]);
}

TEST(Plain, HasTheTypeThatItsTextShows) {
    EXPECT_EQ(kind_of("true"), "bool");
    EXPECT_EQ(kind_of("false"), "bool");
    EXPECT_EQ(kind_of("5"), "integer");
    EXPECT_EQ(kind_of("-5"), "integer");
    EXPECT_EQ(kind_of("5.0"), "decimal");
    for (const std::string_view text :
         {"admin", "2024-01-01", "1.2.3", "5m", "-", "e5", "0xyz", "10.0.0.0/8", ".", "inf"})
        EXPECT_EQ(kind_of(text), "string") << text;
}

TEST(Plain, IsRefusedWhereOtherReadersDisagree) {
    for (const std::string_view text : {"yes", "no", "on", "off", "NO", "True", "FALSE"})
        EXPECT_EQ(kind_of(text), "may be a text or a boolean") << text;
    for (const std::string_view text : {"010", "0x1F", "0o17", "+5", ".5", "1.", ".inf", "-.INF",
                                        ".nan", "-0", "99999999999999999999", "1e999", "00.5"})
        EXPECT_EQ(kind_of(text), "may be a text or a number") << text;
}

} // namespace
} // namespace config::decode
