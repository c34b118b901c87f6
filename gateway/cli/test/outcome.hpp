#pragma once

// What came of all tests of a workspace.

#include "gateway/cli/test/coverage.hpp"
#include "gateway/cli/test/run.hpp"
#include "gateway/cli/test/workspace.hpp"

#include <cstddef>
#include <vector>

namespace gateway::cli::test {

struct CaseOutcome {
    const Case* test = nullptr;
    Observed observed;
    std::vector<Difference> differences; ///< empty: it passed
};

struct ProjectOutcome {
    const Project* project = nullptr;
    std::vector<CaseOutcome> cases; ///< in the order of Project::cases
    Coverage coverage;
};

struct RunOutcome {
    std::vector<ProjectOutcome> projects;
    std::size_t passed = 0, failed = 0;
};

/// The result points into `workspace`.
RunOutcome run_all(const Workspace& workspace);

} // namespace gateway::cli::test
