#pragma once

// One random rule and one random request, judged twice.

#include "tests/support/oracle/choices.hpp"

#include <string>

namespace support::oracle {

struct Comparison {
    bool was_judged = false; ///< the rule compiled
    bool was_allowed = false;
    std::string disagreement; ///< empty: both say the same
};

/// Asks policy::rule::evaluate() with and without a trace, and the slow evaluator.
Comparison compare(Choices& choices);

} // namespace support::oracle
