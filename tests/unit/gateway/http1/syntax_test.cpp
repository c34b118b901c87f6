#include "gateway/http1/syntax.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gateway::http1 {

namespace {

// Independent of the tables and word tricks under test: straight from the RFC's grammar.
bool is_tchar(int byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') ||
           (byte != 0 &&
            std::string("!#$%&'*+-.^_`|~").find(static_cast<char>(byte)) != std::string::npos);
}

/// Puts one byte at each place of a longer text, so that words and their rest are both met.
template <class Check> void at_each_place(int byte, const Check& check) {
    for (std::size_t size : {1U, 7U, 8U, 9U, 23U})
        for (std::size_t place = 0; place < size; ++place) {
            std::string text(size, 'a');
            text[place] = static_cast<char>(byte);
            check(text);
        }
}

} // namespace

TEST(Syntax, KnowsEveryTokenCharacter) {
    for (int byte = 0; byte < 256; ++byte)
        EXPECT_EQ(is_token_char(static_cast<char>(byte)), is_tchar(byte)) << byte;
    EXPECT_FALSE(is_token(""));
    EXPECT_TRUE(is_token("x-a.b"));
    EXPECT_FALSE(is_token("x a"));
}

TEST(Syntax, FindsEveryControlByteAtEveryPlace) {
    for (int byte = 0; byte < 256; ++byte) {
        const bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
        at_each_place(
            byte, [&](const std::string& text) { EXPECT_EQ(has_control(text), control) << byte; });
    }
    EXPECT_FALSE(has_control(""));
}

TEST(Syntax, FindsAControlByteAmongBytesThatHideIt) {
    for (int other : {0x00, 0x01, 0x20, 0x21, 0x7e, 0x80, 0xff, 0x09})
        for (std::size_t place = 0; place < 8; ++place) {
            std::string text(8, static_cast<char>(other));
            text[place] = '\x1f';
            EXPECT_TRUE(has_control(text)) << other << " at " << place;
            text[place] = '\x7f';
            EXPECT_TRUE(has_control(text)) << other << " at " << place;
        }
}

TEST(Syntax, FindsObsTextAtEveryPlace) {
    for (int byte = 0; byte < 256; ++byte)
        at_each_place(byte, [&](const std::string& text) {
            EXPECT_EQ(has_obs_text(text), byte >= 0x80) << byte;
        });
}

TEST(Syntax, CallsVisibleWhatIsPrintedAndNotBlank) {
    for (int byte = 0; byte < 256; ++byte)
        EXPECT_EQ(is_visible(std::string(1, static_cast<char>(byte))), byte > 0x20 && byte < 0x7f)
            << byte;
    EXPECT_FALSE(is_visible(""));
}

TEST(Syntax, TakesAuthorities) {
    for (std::string_view text : {"g", "g.example", "G.Example.", "a-b_c.example:8080", "127.0.0.1",
                                  "127.0.0.1:1", "g:65535", "g:080", "[::1]", "[::1]:443",
                                  "[2001:DB8::1]", "[::ffff:1.2.3.4]:80", "xn--bcher-kva.example"})
        EXPECT_TRUE(is_authority(text)) << text;
}

TEST(Syntax, RefusesWhatIsNoAuthority) {
    for (std::string_view text :
         {"",      ":80",          "g:",     "g:0",     "g:65536", "g:123456", "g:a",
          ".",     "..",           ".g",     "g..",     "a..b",    "u@g",      "g/",
          "g?x",   "a,b",          "a b",    "[",       "]",       "[]",       "[:]",
          "[::1",  "::1]",         "[::1]]", "[::1]80", "[::1]:",  "[::1]:0",  "[1.2.3.4]",
          "[::g]", "[::1%25eth0]", "g%2e",   "\xc3\xa4"})
        EXPECT_FALSE(is_authority(text)) << text;
    EXPECT_TRUE(is_authority(std::string(254, 'a')));
    EXPECT_FALSE(is_authority(std::string(255, 'a')));
}

} // namespace gateway::http1
