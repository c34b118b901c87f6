#include "config/text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace config {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
    for (const std::string_view text : {"", "plain", "\xc3\xa4", "\xe2\x82\xac", "\xed\x9f\xbf",
                                        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_EQ(find_invalid_utf8(text), std::string_view::npos) << text;
}

TEST(Utf8, FindsTheFirstMalformedByte) {
    const std::array<std::string_view, 10> malformed = {
        "ab\x80",             // a continuation byte alone
        "ab\xc3",             // cut short
        "ab\xc0\xaf",         // overlong, two bytes
        "ab\xc1\xbf",         // overlong, two bytes
        "ab\xe0\x9f\xbf",     // overlong, three bytes
        "ab\xed\xa0\x80",     // a surrogate
        "ab\xf0\x8f\xbf\xbf", // overlong, four bytes
        "ab\xf4\x90\x80\x80", // beyond U+10FFFF
        "ab\xf5\x80\x80\x80", // no lead byte
        "ab\xe2\x82x",        // interrupted
    };
    for (const std::string_view text : malformed) EXPECT_EQ(find_invalid_utf8(text), 2u) << text;
}

TEST(Control, IsFoundBelowSpaceAndAtDelete) {
    EXPECT_EQ(find_control("a b"), std::string_view::npos);
    EXPECT_EQ(find_control("a\tb"), 1u);
    EXPECT_EQ(find_control("ab\x7f"), 2u);
    EXPECT_EQ(find_control(std::string_view("\0", 1)), 0u);
}

TEST(Token, IsWhatRfc9110Says) {
    EXPECT_TRUE(is_token("X-User_1"));
    EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~"));
    for (const std::string_view text : {"", "a b", "a:b", "a(b", "\xc3\xa4", "a\r"})
        EXPECT_FALSE(is_token(text)) << text;
}

TEST(InQuotes, CutsLongTextAndHidesControls) {
    EXPECT_EQ(in_quotes("abc"), "\"abc\"");
    EXPECT_EQ(in_quotes("a\x1b[31m\n"), "\"a?[31m?\"");
    EXPECT_EQ(in_quotes(std::string(61, 'x')), "\"" + std::string(60, 'x') + "...\"");
}

TEST(InQuotes, NeverCutsInsideACharacter) {
    EXPECT_EQ(in_quotes(std::string(59, 'x') + "\xc3\xa4"), "\"" + std::string(59, 'x') + "...\"");
}

TEST(Nearest, FindsSlips) {
    constexpr std::array<std::string_view, 4> words = {"upstream", "path", "access", "methods"};
    EXPECT_EQ(nearest("upstrem", words), "upstream");
    EXPECT_EQ(nearest("pth", words), "path");
    EXPECT_EQ(nearest("ptah", words), "path"); // a swap counts one
    EXPECT_EQ(nearest("ACCESS", words), "access");
    EXPECT_EQ(nearest("method", words), "methods");
}

TEST(Nearest, StaysSilentWhenNothingIsNear) {
    constexpr std::array<std::string_view, 2> words = {"upstream", "path"};
    EXPECT_EQ(nearest("colour", words), "");
    EXPECT_EQ(nearest("", words), "");
    EXPECT_EQ(nearest(std::string(65, 'p'), words), "");
    EXPECT_EQ(did_you_mean("colour", words), "");
    EXPECT_EQ(did_you_mean("pathh", words), "did you mean `path`?");
}

TEST(OneOf, ReadsLikeASentence) {
    constexpr std::array<std::string_view, 3> words = {"a", "b", "c"};
    EXPECT_EQ(one_of(words), "`a`, `b` or `c`");
    EXPECT_EQ(one_of(std::span(words).first(1)), "`a`");
}

} // namespace
} // namespace config
