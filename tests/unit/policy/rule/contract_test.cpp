// Thousands of random rules and requests: the compiled rule and the contract's words must agree.

#include "tests/support/oracle/compare.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace support::oracle {
namespace {

TEST(Contract, IsWhatCompiledRulesKeep) {
    std::mt19937 random(20'261'124);
    std::array<std::uint8_t, 400> bytes{};
    std::size_t judged = 0, allowed = 0;
    for (int round = 0; round < 4'000; ++round) {
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        Choices choices(bytes);
        const Comparison comparison = compare(choices);
        ASSERT_EQ(comparison.disagreement, "") << "round " << round;
        judged += comparison.was_judged;
        allowed += comparison.was_allowed;
    }
    // The test means something only where rules compile, and where both answers come up.
    EXPECT_GT(judged, 1'500u);
    EXPECT_GT(allowed, judged / 20);
    EXPECT_LT(allowed, judged - judged / 20);
}

} // namespace
} // namespace support::oracle
