#pragma once

// Timeouts without a timer each: a deadline is a time that one tick per worker looks at. Setting
// and clearing one is a store; the clock is the tick's. Precise to one tick (250 ms), never early
// by more than that.

#include <boost/intrusive/list.hpp>

#include <chrono>

namespace gateway {

class DeadlineList;

class Deadline : public boost::intrusive::list_base_hook<
                     boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    using Expired = void (*)(void* owner);

    Deadline(DeadlineList& list, void* owner, Expired expired)
        : list_(list), owner_(owner), expired_(expired) {}
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void set(std::chrono::milliseconds from_now);
    void clear() { at_ = never; }
    bool is_set() const { return at_ != never; }

private:
    friend class DeadlineList;
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point never = Clock::time_point::max();

    DeadlineList& list_;
    void* owner_;
    Expired expired_;
    Clock::time_point at_ = never;
};

/// All deadlines of one worker. Single-threaded.
class DeadlineList {
public:
    static constexpr std::chrono::milliseconds tick_length{250};

    std::chrono::steady_clock::time_point now() const { return now_; }

    /// Calls what has expired. A callback may destroy its own and other deadlines.
    void tick(std::chrono::steady_clock::time_point now);

private:
    friend class Deadline;
    using List = boost::intrusive::list<Deadline, boost::intrusive::constant_time_size<false>>;
    List armed_;
    std::chrono::steady_clock::time_point now_ = std::chrono::steady_clock::now();
};

inline void Deadline::set(std::chrono::milliseconds from_now) {
    at_ = list_.now_ + from_now + DeadlineList::tick_length;
    if (!is_linked()) list_.armed_.push_back(*this);
}

} // namespace gateway
