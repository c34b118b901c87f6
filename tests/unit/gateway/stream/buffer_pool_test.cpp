#include "gateway/stream/buffer_pool.hpp"

#include <gtest/gtest.h>

namespace gateway {
namespace {

TEST(BufferPool, GivesTheBlockOutFirstThatCameBackLast) {
    BufferPool pool(1024, 8);
    const Block first = pool.take(), second = pool.take();
    pool.give(first);
    pool.give(second);
    const Block again = pool.take();
    EXPECT_EQ(again.data, second.data);
    EXPECT_EQ(again.size, 1024u);
    pool.give(again);
}

TEST(BufferPool, IgnoresABlockThatIsNone) {
    BufferPool pool(1024, 8);
    pool.give({});
    const Block block = pool.take();
    EXPECT_TRUE(block);
    pool.give(block);
}

TEST(BufferPool, FreesBlocksOfAnOldSizeAsTheyComeBack) {
    BufferPool pool(1024, 8);
    const Block old = pool.take();
    pool.set_block_size(2048);
    pool.give(old);
    const Block block = pool.take();
    EXPECT_EQ(block.size, 2048u);
    pool.give(block);
}

} // namespace
} // namespace gateway
