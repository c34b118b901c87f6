#include "policy/route/percent.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace policy::route {
namespace {

bool is_utf8(std::string_view text) {
    Utf8Checker checker;
    for (const char c : text)
        if (!checker.feed(static_cast<unsigned char>(c))) return false;
    return checker.is_complete();
}

TEST(Percent, DecodesOnce) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", ""},
        {"abc", "abc"},
        {"%41", "A"},
        {"a%2fb", "a/b"},
        {"%252e", "%2e"},
        {"a+b", "a+b"},
        {"%C3%A4", "\xc3\xa4"},
        {"%00", std::string_view("\0", 1)},
    };
    Scratch scratch;
    for (const auto& [text, decoded] : cases)
        EXPECT_EQ(decode_percent(text, Plus::literal, scratch), decoded) << text;
    EXPECT_EQ(decode_percent("a+b%2B", Plus::space, scratch), "a b+");
}

TEST(Percent, RefusesBrokenEscapes) {
    Scratch scratch;
    for (const char* text : {"%", "%4", "a%", "%zz", "%4g", "%u0041", "% 41"})
        EXPECT_FALSE(decode_percent(text, Plus::literal, scratch)) << text;
}

TEST(Percent, SaysNoWhenThereIsNoRoom) {
    Scratch scratch;
    while (scratch.allocate(64)) {
    }
    EXPECT_FALSE(decode_percent(std::string(256, '+') + "%41", Plus::space, scratch));
}

TEST(Utf8Checker, AcceptsTheEdgesOfEachLength) {
    for (const char* text :
         {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
          "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(text));
}

TEST(Utf8Checker, RefusesOverlongSurrogatesAndFragments) {
    for (const char* text : {"\x80", "\xbf", "\xc0\xae", "\xc1\xbf", "\xe0\x80\xae", "\xe0\x9f\xbf",
                             "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                             "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "\xc3x", "\xc3\xc3"})
        EXPECT_FALSE(is_utf8(text));
}

} // namespace
} // namespace policy::route
