#include "policy/json.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

std::string json_string(std::string_view text) {
    std::string out = "<";
    append_json_string(out, text);
    return out;
}

TEST(JsonText, AppendsBehindWhatIsThere) {
    EXPECT_EQ(json_string("plain \xc3\xa4"), "<\"plain \xc3\xa4\"");
}

TEST(JsonText, EscapesWhatCouldEndAStringOrALine) {
    using namespace std::string_view_literals;
    EXPECT_EQ(json_string("a\"b\\c"), R"(<"a\"b\\c")");
    EXPECT_EQ(json_string("\r\n\t"), R"(<"\r\n\t")");
    EXPECT_EQ(json_string("\0\x1b\x7f"sv), R"(<"\u0000\u001b\u007f")");
    EXPECT_EQ(json_string("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"), R"(<"\u0085\u2028\u2029")");
}

TEST(JsonText, ReplacesWhatIsNotUtf8) {
    for (const char* text : {"\xff", "\x80", "\xc1", "\xf5", "\xc3"})
        EXPECT_EQ(json_string(text), "<\"\xef\xbf\xbd\"") << text;
    EXPECT_EQ(json_string("\xc3("), "<\"\xef\xbf\xbd(\"");
    EXPECT_EQ(json_string("\xed\xa0\x80"), "<\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    EXPECT_EQ(json_string("\xc0\xaf\xe0\x80\xaf").find('\xaf'), std::string::npos);
}

TEST(JsonText, ComesBackAsItWentIn) {
    std::string text;
    for (char c = 1; c < 0x7f; ++c) text += c;
    text += "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";
    const auto document = parse_json(json_string(text).substr(1));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().text(), text);
}

} // namespace
} // namespace policy
