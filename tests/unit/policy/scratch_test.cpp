#include "policy/scratch.hpp"

#include <gtest/gtest.h>

#include <string>

namespace policy {
namespace {

TEST(Scratch, CopiesLiveUntilReset) {
    Scratch scratch;
    std::string text = "hello";
    const std::string_view first = scratch.copy(text);
    text = "other";
    const std::string_view second = scratch.copy(text);
    EXPECT_EQ(first, "hello");
    EXPECT_EQ(second, "other");
}

TEST(Scratch, PiecesDoNotOverlapWhenBlocksAreAdded) {
    Scratch scratch;
    const std::string large(Scratch::first_block, 'a');
    const std::string_view a = scratch.copy("begin");
    const std::string_view b = scratch.copy(large);
    const std::string_view c = scratch.copy("end");
    EXPECT_EQ(a, "begin");
    EXPECT_EQ(b, large);
    EXPECT_EQ(c, "end");
}

TEST(Scratch, SaysNoBeyondItsLimit) {
    Scratch scratch;
    EXPECT_EQ(scratch.allocate(Scratch::limit + 1), nullptr);
    std::size_t taken = 0;
    while (scratch.allocate(1024)) taken += 1024;
    EXPECT_LE(taken, Scratch::limit);
    EXPECT_GE(taken, Scratch::limit / 2);
    EXPECT_EQ(scratch.copy(std::string(2048, 'x')).data(), nullptr);
}

TEST(Scratch, ResetGivesTheRoomBack) {
    Scratch scratch;
    while (scratch.allocate(1024)) {
    }
    scratch.reset();
    EXPECT_NE(scratch.allocate(Scratch::limit / 2), nullptr);
}

TEST(Scratch, AnEmptyCopyIsNotAFailure) {
    Scratch scratch;
    EXPECT_NE(scratch.copy("").data(), nullptr);
}

} // namespace
} // namespace policy
