#pragma once

// What would have to change for a yes: the fewest changes that a trace names, for explain only.
// Where all must hold, every failing line; of alternatives, the one that needs the fewest; under
// `none`, what must not hold.

#include "policy/trace.hpp"

#include <string>
#include <vector>

namespace policy {

/// All changes of a list are needed together.
struct Change {
    std::string what;      ///< "scopes", "claims.sub equals", as in the trace
    std::string expected;  ///< what it must be; templates with their value
    std::string found;     ///< what it is
    bool must_not = false; ///< it holds, and must not
    config::Position at;
};

/// Of steps that must all hold. Steps in shadow mode decide nothing, and are left out.
std::vector<Change> changes_for(const std::vector<TraceStep>& steps);

/// The line that decided against: the first that failed, within `none` the first that held.
/// nullptr where all hold.
TraceStep* first_refusal(std::vector<TraceStep>& steps);

} // namespace policy
