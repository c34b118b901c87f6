#pragma once

// What is wrong with a configuration: always a place, what was found, what was expected, and a
// suggestion.

#include "config/model.hpp"

#include <string>
#include <vector>

namespace config {

enum class Severity { error, warning };

struct Problem {
    Severity severity = Severity::error;
    std::string file;
    Position at;         ///< line 0: the file as a whole
    std::string message; ///< one sentence, no full stop; never a secret's value
    std::string hint;    ///< "did you mean ...?" or what to write instead; may be empty
    std::string name;    ///< the stable name under which docs/warnings.md explains it; every
                         ///< warning has one
};

using Problems = std::vector<Problem>;

/// In the order of the file; what is said of one place keeps its order.
void sort_by_place(Problems& problems);

inline bool has_errors(const Problems& problems) {
    for (const Problem& problem : problems)
        if (problem.severity == Severity::error) return true;
    return false;
}

} // namespace config
