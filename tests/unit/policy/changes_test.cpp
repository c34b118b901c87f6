#include "policy/changes.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

using Steps = std::vector<TraceStep>;

TraceStep leaf(std::string what, bool held) {
    return {.what = std::move(what), .held = held, .expected = "e", .found = "f", .at = {3, 5}};
}

TraceStep group(Combine combine, bool held, Steps steps, bool shadow = false) {
    return {.what = "group",
            .held = held,
            .shadow = shadow,
            .steps = std::move(steps),
            .combine = combine};
}

/// "a b !c": what must hold, and with '!' what must not.
std::string changes(const Steps& steps) {
    std::string text;
    for (const Change& change : changes_for(steps))
        text += (text.empty() ? "" : " ") + std::string(change.must_not ? "!" : "") + change.what;
    return text;
}

TEST(Changes, AreTheFewestThatMakeTheRuleHold) {
    const auto yes = leaf("yes", true), a = leaf("a", false), b = leaf("b", false),
               c = leaf("c", false);
    struct Case {
        Steps steps;
        const char* changes;
    };
    const Case cases[] = {
        {{}, ""},
        {{yes}, ""},
        {{yes, a, b}, "a b"},
        {{group(Combine::all, false, {a, yes, b})}, "a b"},
        {{group(Combine::any, false, {group(Combine::all, false, {a, b}), c})}, "c"},
        {{group(Combine::any, false, {a, b})}, "a"},
        {{group(Combine::any, true, {a, yes})}, ""},
        {{a, group(Combine::any, false, {b, c})}, "a b"},
        {{group(Combine::none, false, {yes})}, "!yes"},
        {{group(Combine::none, false, {a, yes})}, "!yes"},
        {{group(Combine::none, false, {group(Combine::all, true, {yes, leaf("more", true)})})},
         "!yes"},
        {{group(Combine::none, false, {group(Combine::any, true, {a, yes, leaf("more", true)})})},
         "!yes !more"},
        {{group(Combine::none, false, {group(Combine::none, true, {a})})}, "a"},
        {{group(Combine::none, false, {a})}, "a"}, // it could not be judged
        {{group(Combine::any, false, {})}, "group"},
    };
    for (const Case& c2 : cases) EXPECT_EQ(changes(c2.steps), c2.changes);
}

TEST(Changes, LeaveOutWhatDecidesNothing) {
    EXPECT_EQ(changes({group(Combine::all, false, {leaf("a", false)}, true)}), "");
    EXPECT_EQ(changes({group(
                  Combine::any, false,
                  {group(Combine::all, false, {leaf("shadow", false)}, true), leaf("a", false)})}),
              "a");
}

TEST(Changes, BringTheirOperandsAndTheirPlace) {
    const auto found = changes_for({leaf("a", false)});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].expected, "e");
    EXPECT_EQ(found[0].found, "f");
    EXPECT_EQ(found[0].at, (config::Position{3, 5}));
}

TEST(FirstRefusal, IsTheFirstLineThatFailsOrHeldWithinNone) {
    Steps steps = {leaf("yes", true),
                   group(Combine::none, false, {leaf("no", false), leaf("held", true)}),
                   leaf("later", false)};
    EXPECT_EQ(first_refusal(steps)->what, "held");
    Steps good = {leaf("yes", true)};
    EXPECT_EQ(first_refusal(good), nullptr);
}

} // namespace
} // namespace policy
