#include "gateway/stream/deadline.hpp"

namespace gateway {

void DeadlineList::tick(std::chrono::steady_clock::time_point now) {
    now_ = now;
    // Expired ones move to a list of their own first: whatever a callback destroys or sets anew
    // unlinks itself.
    List expired;
    for (auto it = armed_.begin(); it != armed_.end();) {
        Deadline& deadline = *it++;
        if (deadline.at_ > now && deadline.at_ != Deadline::never) continue;
        armed_.erase(armed_.iterator_to(deadline));
        if (deadline.at_ != Deadline::never) expired.push_back(deadline);
    }
    while (!expired.empty()) {
        Deadline& deadline = expired.front();
        expired.pop_front();
        if (deadline.at_ > now) { // set again or cleared by an earlier callback
            if (deadline.is_set()) armed_.push_back(deadline);
            continue;
        }
        deadline.at_ = Deadline::never;
        deadline.expired_(deadline.owner_);
    }
}

} // namespace gateway
