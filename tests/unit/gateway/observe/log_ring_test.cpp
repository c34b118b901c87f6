#include "gateway/observe/log_ring.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace {

using gateway::observe::LogRing;

std::string take_all(LogRing& ring) {
    const auto pieces = ring.peek();
    std::string text(pieces[0]);
    text += pieces[1];
    ring.consume(text.size());
    return text;
}

TEST(LogRing, GivesBackWhatWasPushedInOrder) {
    LogRing ring(64);
    EXPECT_TRUE(ring.push("one\n"));
    EXPECT_TRUE(ring.push("two\n"));
    EXPECT_EQ(take_all(ring), "one\ntwo\n");
    EXPECT_EQ(take_all(ring), "");
}

TEST(LogRing, FillsToTheLastByteAndRefusesTheNext) {
    LogRing ring(8);
    EXPECT_TRUE(ring.push("12345678"));
    EXPECT_FALSE(ring.push("9"));
    EXPECT_EQ(take_all(ring), "12345678");
    EXPECT_TRUE(ring.push("9"));
}

TEST(LogRing, WritesNothingOfALineThatDoesNotFit) {
    LogRing ring(8);
    EXPECT_TRUE(ring.push("12345"));
    EXPECT_FALSE(ring.push("6789"));
    EXPECT_EQ(take_all(ring), "12345");
}

TEST(LogRing, RefusesALineLongerThanItself) {
    LogRing ring(8);
    EXPECT_FALSE(ring.push("123456789"));
}

TEST(LogRing, KeepsALineWholeWhenItWrapsRound) {
    LogRing ring(8);
    ASSERT_TRUE(ring.push("12345"));
    ASSERT_EQ(take_all(ring), "12345");
    ASSERT_TRUE(ring.push("abcdef"));
    EXPECT_EQ(ring.peek()[1], "def");
    EXPECT_EQ(take_all(ring), "abcdef");
}

TEST(LogRing, LosesAndMixesNothingBetweenTwoThreads) {
    constexpr int lines = 20000;
    LogRing ring(256);
    std::thread producer([&] {
        for (int i = 0; i < lines; ++i)
            while (!ring.push(std::to_string(i) + "\n")) std::this_thread::yield();
    });
    std::string got, expected;
    for (int i = 0; i < lines; ++i) expected += std::to_string(i) + "\n";
    while (got.size() < expected.size()) got += take_all(ring);
    producer.join();
    EXPECT_EQ(got, expected);
}

} // namespace
