#pragma once

// When to fetch one issuer's keys next. A machine without I/O, clock or randomness: all three are
// passed in.
//
// Rules
// - One flight at a time. A want during a flight is answered by that flight.
// - A success is used for its max-age within [min_age, max_age], and refreshed after about 80 % of
//   it.
// - A failure never takes keys away. The next try waits twice as long as the one before, within
//   bounds, with jitter.
// - An unknown kid may start a flight, but not within cool_down of the end of the last one, however
//   that one ended: so a flood of made-up kids costs one fetch for each cool_down.
// - Keys older than max_stale are not believed. They are kept: the next success may say that they
//   are still right.
//
// clang-format off
//   state    event                becomes  and
//   waiting  due                  flying   start_flight() is called, the caller fetches
//   waiting  want, cooled down    flying   answer: fetch
//   waiting  want, too soon       waiting  answer: too_soon; the kid is unknown until next_want()
//   flying   want                 flying   answer: in_flight
//   flying   succeeded            waiting  keys held, tries = 0, due at 80 % of max-age
//   flying   failed               waiting  tries + 1, due after back-off
//   any      max_stale has passed same     has_keys() becomes false
// clang-format on

#include <chrono>
#include <cstdint>
#include <optional>

namespace gateway::keys {

using Instant = std::chrono::steady_clock::time_point; ///< steady: no jump of the wall clock makes
                                                       ///< keys young or old

struct RefreshSettings {
    std::chrono::milliseconds min_age = std::chrono::seconds(60);
    std::chrono::milliseconds max_age = std::chrono::hours(24);
    std::chrono::milliseconds default_age =
        std::chrono::minutes(10); ///< when the provider names none
    std::chrono::milliseconds first_retry = std::chrono::seconds(1);
    std::chrono::milliseconds last_retry = std::chrono::minutes(5);
    std::chrono::milliseconds cool_down = std::chrono::seconds(30);
    std::chrono::milliseconds max_stale = std::chrono::hours(24);
};

class RefreshState {
public:
    enum class Want { fetch, in_flight, too_soon };

    /// Due at once.
    explicit RefreshState(Instant now, RefreshSettings settings = {});

    /// A set that was kept on disk `age` ago; it is used, and refreshed at once.
    void restore(Instant now, std::chrono::milliseconds age);

    bool is_due(Instant now) const { return !flying_ && now >= due_; }
    void start_flight() { flying_ = true; }
    Want want(Instant now); ///< fetch: a flight was started

    /// `random` is in [0, 1). `max_age` is what the provider asked for.
    void on_success(Instant now, std::optional<std::chrono::seconds> max_age, double random);
    void on_failure(Instant now, double random);

    bool is_flying() const { return flying_; }
    bool has_keys(Instant now) const { return fetched_ && now < *fetched_ + settings_.max_stale; }
    std::optional<Instant> fetched() const { return fetched_; } ///< the last success
    Instant next_want() const { return next_want_; } ///< not before this is a want worth anything
    /// When to look again: a fetch is due, or keys become too old. Nothing while only a flight's
    /// end matters.
    std::optional<Instant> next_event(Instant now) const;

private:
    RefreshSettings settings_;
    bool flying_ = false;
    unsigned tries_ = 0; ///< failures in a row
    Instant due_;
    Instant next_want_{};
    std::optional<Instant> fetched_;
};

} // namespace gateway::keys
