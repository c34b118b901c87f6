#include "gateway/observe/line_buffer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace {

using namespace gateway::observe;

TEST(LineBuffer, HoldsWhatWasAppended) {
    LineBuffer line;
    EXPECT_EQ(line.view(), "");
    line.append("status ");
    line.append_number(std::numeric_limits<std::int64_t>::min());
    line.append(' ');
    line.append_number(std::numeric_limits<std::uint64_t>::max());
    line.append("");
    EXPECT_EQ(line.view(), "status -9223372036854775808 18446744073709551615");
    line.clear();
    EXPECT_EQ(line.view(), "");
}

TEST(LineBuffer, GrowsAsNeeded) {
    LineBuffer line;
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        line.append("0123456789abcdef");
        expected += "0123456789abcdef";
    }
    line.append(std::string(100'000, 'x'));
    EXPECT_EQ(line.view(), expected + std::string(100'000, 'x'));
}

TEST(LineBuffer, KnowsEverySpecialByteAtEveryPlace) {
    for (std::size_t size = 0; size <= 33; ++size) {
        std::string text(size, 'a');
        EXPECT_TRUE(is_plain(text)) << size;
        for (std::size_t at = 0; at < size; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                text[at] = static_cast<char>(byte);
                const bool plain = byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\';
                ASSERT_EQ(is_plain(text), plain)
                    << "byte " << byte << " at " << at << " of " << size;
            }
            text[at] = 'a';
        }
    }
}

} // namespace
