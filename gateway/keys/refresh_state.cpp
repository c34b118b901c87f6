#include "gateway/keys/refresh_state.hpp"

#include <algorithm>

namespace gateway::keys {
namespace {

using std::chrono::milliseconds;

milliseconds scale(milliseconds duration, double factor) {
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor));
}

} // namespace

RefreshState::RefreshState(Instant now, RefreshSettings settings)
    : settings_(settings), due_(now) {}

void RefreshState::restore(Instant now, milliseconds age) { fetched_ = now - age; }

RefreshState::Want RefreshState::want(Instant now) {
    if (flying_) return Want::in_flight;
    if (now < next_want_) return Want::too_soon;
    flying_ = true;
    return Want::fetch;
}

void RefreshState::on_success(Instant now, std::optional<std::chrono::seconds> max_age,
                              double random) {
    // Clamped as seconds first: a max-age of 2^60 must not overflow on its way to milliseconds.
    const auto longest = std::chrono::floor<std::chrono::seconds>(settings_.max_age);
    const milliseconds asked =
        max_age ? milliseconds(std::min(*max_age, longest)) : settings_.default_age;
    const milliseconds age = std::clamp(asked, settings_.min_age, settings_.max_age);
    flying_ = false;
    tries_ = 0;
    fetched_ = now;
    due_ = now + scale(age, 0.75 + 0.1 * random);
    next_want_ = now + settings_.cool_down;
}

void RefreshState::on_failure(Instant now, double random) {
    constexpr unsigned most_doublings = 20;
    const milliseconds wait = std::min(
        settings_.last_retry, settings_.first_retry * (1 << std::min(tries_, most_doublings)));
    flying_ = false;
    ++tries_;
    due_ = now + scale(wait, 0.5 + 0.5 * random);
    next_want_ = now + settings_.cool_down;
}

std::optional<Instant> RefreshState::next_event(Instant now) const {
    std::optional<Instant> next;
    if (!flying_) next = due_;
    if (has_keys(now)) {
        const Instant stale = *fetched_ + settings_.max_stale;
        next = next ? std::min(*next, stale) : stale;
    }
    return next;
}

} // namespace gateway::keys
