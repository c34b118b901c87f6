#pragma once

// What the nodes of a rule come to: as it is, and beside it as it would be if the rules in shadow
// mode decided.

#include "policy/reason.hpp"
#include "policy/rule/matcher.hpp"
#include "policy/rule/node.hpp"
#include "policy/rule/rule.hpp"

namespace policy::rule {

/// What a node came to, and where it was not yes: why, and the entry that decided. Beside it, what
/// it would come to if the rules in shadow mode below it decided.
struct Outcome {
    Truth truth = Truth::yes;
    Reason reason = Reason::allowed;
    const Node* decider = nullptr;
    Truth would = Truth::yes;
    ShadowSet shadows = 0; ///< whose doing it is where `would` differs
};

inline ShadowSet bit_of(const Node& node) { return ShadowSet{1} << node.shadow_index; }

/// Gathers what the rules in shadow mode would change in one group.
struct Would {
    Truth truth = Truth::yes;
    ShadowSet denying = 0, allowing = 0;

    void add_difference(const Outcome& child) {
        if (child.truth == child.would) return;
        (child.truth == Truth::yes ? denying : allowing) |= child.shadows;
    }
    Outcome beside(Outcome is) const {
        is.would = truth;
        is.shadows = is.truth == truth ? 0 : is.truth == Truth::yes ? denying : allowing;
        return is;
    }
};

} // namespace policy::rule
