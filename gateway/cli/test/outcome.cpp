#include "gateway/cli/test/outcome.hpp"

namespace gateway::cli::test {
namespace {

ProjectOutcome run_project(const Project& project) {
    ProjectOutcome outcome{&project, {}, Coverage(*project.rehearsal->snapshot())};
    Runner runner;
    for (const Case& test : project.cases) {
        policy::Trace trace;
        CaseOutcome result{&test, runner.run(test, project.snapshot_for(test), &trace), {}};
        result.differences = compare(test, result.observed, project.model());
        outcome.coverage.count(result.observed, trace);
        outcome.cases.push_back(std::move(result));
    }
    return outcome;
}

} // namespace

RunOutcome run_all(const Workspace& workspace) {
    RunOutcome outcome;
    for (const Project& project : workspace.projects) {
        outcome.projects.push_back(run_project(project));
        for (const CaseOutcome& result : outcome.projects.back().cases)
            ++(result.differences.empty() ? outcome.passed : outcome.failed);
    }
    return outcome;
}

} // namespace gateway::cli::test
