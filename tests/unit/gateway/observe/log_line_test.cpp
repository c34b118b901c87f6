#include "gateway/observe/log_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace gateway::log;

std::string line(Style style, std::string_view message,
                 std::initializer_list<Attribute> attributes = {}) {
    std::string out;
    append_line(out, style, policy::TimePoint(std::chrono::milliseconds(1'795'507'631'042)),
                Level::warning, "keys_failed", message, {attributes.begin(), attributes.size()});
    return out;
}

TEST(LogLine, IsOneJsonObjectWithTypedAttributes) {
    EXPECT_EQ(
        line(Style::json, "No keys",
             {{"issuer", "acme"}, {"tries", std::int64_t{3}}, {"stale", true}}),
        "{\"ts\":\"2026-11-24T08:07:11.042Z\",\"level\":\"warning\",\"event\":\"keys_failed\","
        "\"message\":\"No keys\",\"issuer\":\"acme\",\"tries\":3,\"stale\":true}\n");
}

TEST(LogLine, IsReadableOnATerminal) {
    EXPECT_EQ(line(Style::plain, "No keys", {{"issuer", "acme"}, {"error", "timed out"}}),
              "08:07:11.042 warn  No keys  keys_failed issuer=acme error=\"timed out\"\n");
}

TEST(LogLine, IsColouredOnlyWhenAsked) {
    EXPECT_NE(line(Style::coloured, "No keys").find("\x1b[33m"), std::string::npos);
    EXPECT_EQ(line(Style::plain, "No keys").find('\x1b'), std::string::npos);
}

TEST(LogLine, StaysOneLineWhateverComesFromOutside) {
    const std::string_view hostile("a\r\nfake \x1b[31m\0\xff\"${jndi:x}", 24);
    for (const Style style : {Style::json, Style::plain}) {
        const std::string text = line(style, hostile, {{"error", hostile}});
        EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
        EXPECT_EQ(text.find('\r'), std::string::npos) << text;
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
        EXPECT_EQ(text.find('\0'), std::string::npos) << text;
        EXPECT_EQ(text.find('\xff'), std::string::npos) << text;
    }
}

TEST(LogLine, QuotesAWordThatCouldPassForAnotherAttribute) {
    EXPECT_NE(line(Style::plain, "x", {{"error", "a issuer=b"}}).find("error=\"a issuer=b\""),
              std::string::npos);
}

TEST(LogLine, CutsTextsAt512Bytes) {
    const std::string text =
        line(Style::json, std::string(5000, 'x'), {{"error", std::string_view()}});
    EXPECT_EQ(std::count(text.begin(), text.end(), 'x'), 512);
}

} // namespace
