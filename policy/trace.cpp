#include "policy/trace.hpp"

#include <utility>

namespace policy {

void Trace::begin_stage(std::string_view name) {
    open_.clear();
    stages_.push_back({std::string(name), true, {}});
}

void Trace::end_stage(bool passed) {
    open_.clear();
    stages_.back().passed = passed;
}

void Trace::step(std::string what, bool held, std::string expected, std::string found,
                 config::Position at) {
    innermost().push_back(
        {std::move(what), held, std::move(expected), std::move(found), at, false, {}});
}

void Trace::enter(std::string what, config::Position at, bool shadow, Combine combine) {
    auto& steps = innermost();
    steps.push_back({std::move(what), false, {}, {}, at, shadow, {}, combine});
    open_.push_back(steps.size() - 1);
}

void Trace::leave(bool held) {
    const std::size_t index = open_.back();
    open_.pop_back();
    innermost()[index].held = held;
}

std::vector<TraceStep>& Trace::innermost() {
    // Found anew each time: pointers into the vectors would not survive their growth.
    std::vector<TraceStep>* steps = &stages_.back().steps;
    for (const std::size_t index : open_) steps = &(*steps)[index].steps;
    return *steps;
}

} // namespace policy
