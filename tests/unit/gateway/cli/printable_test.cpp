#include "gateway/cli/printable.hpp"

#include <gtest/gtest.h>

namespace gateway::cli {
namespace {

TEST(Printable, LeavesTextAsItIs) {
    for (const char* text : {"", "orders:read", "Grüße, 世界 🙂", "back\\slash \"quote\""})
        EXPECT_EQ(printable(text), text);
}

TEST(Printable, ShowsWhatWouldSteerATerminal) {
    EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
    EXPECT_EQ(printable("line\r\nend\t\x7f"), "line\\x0d\\x0aend\\x09\\x7f");
    EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "\\xc2\\x9b31m"); // CSI as one character
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
    EXPECT_EQ(printable("\xff"), "\\xff");
    EXPECT_EQ(printable("\x9b"
                        "31m"),
              "\\x9b31m");
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                   // overlong
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");          // a surrogate
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80"); // beyond U+10FFFF
    EXPECT_EQ(printable("\xe4\xb8"), "\\xe4\\xb8");                   // cut short
    EXPECT_EQ(printable("\xc3\xa4\xc3"), "\xc3\xa4\\xc3");
}

} // namespace
} // namespace gateway::cli
