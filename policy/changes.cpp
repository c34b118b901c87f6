#include "policy/changes.hpp"

#include <iterator>
#include <utility>

namespace policy {
namespace {

using Changes = std::vector<Change>;

Changes to_hold(const TraceStep& step);
Changes to_fail(const TraceStep& step);

Changes one(const TraceStep& step, bool must_not) {
    return {{step.what, step.expected, step.found, must_not, step.at}};
}

template <class ChangesOf, class Wanted>
Changes every(const std::vector<TraceStep>& steps, Wanted wanted, ChangesOf changes_of) {
    Changes all;
    for (const TraceStep& step : steps) {
        if (step.shadow || !wanted(step)) continue;
        Changes more = changes_of(step);
        all.insert(all.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
    }
    return all;
}

/// The alternative with the fewest changes, the first of several; empty where there is none.
template <class ChangesOf>
Changes fewest(const std::vector<TraceStep>& steps, ChangesOf changes_of) {
    Changes best;
    for (const TraceStep& step : steps) {
        if (step.shadow) continue;
        Changes changes = changes_of(step);
        if (!changes.empty() && (best.empty() || changes.size() < best.size()))
            best = std::move(changes);
    }
    return best;
}

bool is_held(const TraceStep& step) { return step.held; }
bool is_failing(const TraceStep& step) { return !step.held; }

/// Empty for a step that holds.
Changes to_hold(const TraceStep& step) {
    if (step.held) return {};
    Changes changes;
    switch (step.combine) {
    case Combine::leaf: break;
    case Combine::all: changes = every(step.steps, is_failing, to_hold); break;
    case Combine::any: changes = fewest(step.steps, to_hold); break;
    case Combine::none:
        changes = every(step.steps, is_held, to_fail);
        // Nothing in it holds: then something could not be judged.
        if (changes.empty()) changes = every(step.steps, is_failing, to_hold);
        break;
    }
    return changes.empty() ? one(step, false) : changes;
}

/// Of a step that holds, and must not.
Changes to_fail(const TraceStep& step) {
    Changes changes;
    switch (step.combine) {
    case Combine::leaf: break;
    case Combine::all: changes = fewest(step.steps, to_fail); break;
    case Combine::any: changes = every(step.steps, is_held, to_fail); break;
    case Combine::none: changes = fewest(step.steps, to_hold); break;
    }
    return changes.empty() ? one(step, true) : changes;
}

} // namespace

std::vector<Change> changes_for(const std::vector<TraceStep>& steps) {
    return every(steps, is_failing, to_hold);
}

TraceStep* first_refusal(std::vector<TraceStep>& steps) {
    for (TraceStep& step : steps) {
        if (step.held || step.shadow) continue;
        if (step.combine == Combine::none) {
            for (TraceStep& inner : step.steps)
                if (inner.held && !inner.shadow) return &inner;
            return &step;
        }
        TraceStep* const inner = first_refusal(step.steps);
        return inner ? inner : &step;
    }
    return nullptr;
}

} // namespace policy
