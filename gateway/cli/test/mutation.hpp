#pragma once

// The mutation check: every mutant of a configuration is held against the tests that it concerns,
// and those that no test notices are what the tests do not say.

#include "gateway/cli/test/mutants.hpp"
#include "gateway/cli/test/outcome.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace gateway::cli::test {

struct MutationOutcome {
    const Project* project = nullptr;
    std::size_t noticed = 0;
    std::vector<Mutant> survivors; ///< in the order of the file

    std::size_t all() const { return noticed + survivors.size(); }
};

/// Called now and then with how many mutants are done, of how many.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// `tests` passed as a whole. A mutant that would not load is none. Tests with a whole token take
/// no part: they are judged by other keys.
MutationOutcome check_mutants(const ProjectOutcome& tests, const Progress& progress);

} // namespace gateway::cli::test
