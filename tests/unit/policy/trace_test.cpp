#include "policy/trace.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

TEST(Trace, StepsNestInTheGroupThatIsOpen) {
    Trace trace;
    trace.begin_stage("decide");
    trace.enter("any", {3, 5});
    trace.enter("policy staff", {9, 1}, true);
    trace.step("roles", false, "support", "(missing)", {10, 2});
    trace.leave(false);
    trace.step("scopes", true, "a", "a b");
    trace.leave(true);
    trace.step("source", true, "10.0.0.0/8", "10.1.2.3");
    trace.end_stage(true);

    ASSERT_EQ(trace.stages().size(), 1u);
    const auto& steps = trace.stages()[0].steps;
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].what, "any");
    EXPECT_TRUE(steps[0].held);
    ASSERT_EQ(steps[0].steps.size(), 2u);
    EXPECT_TRUE(steps[0].steps[0].shadow);
    EXPECT_FALSE(steps[0].steps[0].held);
    ASSERT_EQ(steps[0].steps[0].steps.size(), 1u);
    EXPECT_EQ(steps[0].steps[0].steps[0].at, (config::Position{10, 2}));
    EXPECT_EQ(steps[1].what, "source");
}

TEST(Trace, AStageThatStopsInsideAGroupLeavesTheNextOneClean) {
    Trace trace;
    trace.begin_stage("decide");
    trace.enter("all", {});
    trace.end_stage(false);
    trace.begin_stage("headers");
    trace.step("x-a", true, "", "1");
    trace.end_stage(true);
    EXPECT_FALSE(trace.stages()[0].passed);
    ASSERT_EQ(trace.stages()[1].steps.size(), 1u);
}

} // namespace
} // namespace policy
