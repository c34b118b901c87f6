#include "gateway/stream/deadline.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace gateway {
namespace {

using namespace std::chrono_literals;

struct Clocked {
    DeadlineList list;
    std::chrono::steady_clock::time_point now = list.now();
    void pass(std::chrono::milliseconds time) { list.tick(now += time); }
};

void count(void* counter) { ++*static_cast<int*>(counter); }

TEST(Deadline, ExpiresOnceAfterItsTime) {
    Clocked clock;
    int expired = 0;
    Deadline deadline(clock.list, &expired, &count);
    deadline.set(1000ms);
    clock.pass(1000ms);
    EXPECT_EQ(expired, 0) << "never early: the tick's clock may be a tick old";
    clock.pass(251ms);
    EXPECT_EQ(expired, 1);
    EXPECT_FALSE(deadline.is_set());
    clock.pass(10s);
    EXPECT_EQ(expired, 1);
}

TEST(Deadline, DoesNotExpireWhenCleared) {
    Clocked clock;
    int expired = 0;
    Deadline deadline(clock.list, &expired, &count);
    deadline.set(1000ms);
    deadline.clear();
    clock.pass(10s);
    EXPECT_EQ(expired, 0);
}

TEST(Deadline, MovesWhenSetAgain) {
    Clocked clock;
    int expired = 0;
    Deadline deadline(clock.list, &expired, &count);
    deadline.set(1000ms);
    clock.pass(900ms);
    deadline.set(1000ms);
    clock.pass(1000ms);
    EXPECT_EQ(expired, 0);
    clock.pass(251ms);
    EXPECT_EQ(expired, 1);
}

TEST(Deadline, MayBeSetAgainByItsCallback) {
    struct Repeating {
        explicit Repeating(DeadlineList& list)
            : deadline(list, this, [](void* self) {
                  auto* repeating = static_cast<Repeating*>(self);
                  ++repeating->expired;
                  repeating->deadline.set(100ms);
              }) {}
        Deadline deadline;
        int expired = 0;
    };
    Clocked clock;
    Repeating repeating(clock.list);
    repeating.deadline.set(100ms);
    for (int i = 0; i < 3; ++i) clock.pass(400ms);
    EXPECT_EQ(repeating.expired, 3);
}

TEST(Deadline, MayDestroyItselfAndItsNeighboursInACallback) {
    Clocked clock;
    std::vector<std::unique_ptr<Deadline>> all;
    for (int i = 0; i < 4; ++i) {
        all.push_back(std::make_unique<Deadline>(clock.list, &all, [](void* list) {
            static_cast<std::vector<std::unique_ptr<Deadline>>*>(list)->clear();
        }));
        all.back()->set(100ms);
    }
    clock.pass(1s);
    EXPECT_TRUE(all.empty());
}

} // namespace
} // namespace gateway
