#pragma once

// Outcomes as text for people, as JSON for programs, and as JUnit's XML for servers that build.

#include "gateway/cli/console.hpp"
#include "gateway/cli/test/mutation.hpp"
#include "gateway/cli/test/outcome.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace gateway::cli::test {

/// Every failed test with its place, what differs and the explanation of the decision; nothing of
/// those that passed.
void print_failures(const RunOutcome& outcome, Console& console);

/// "12 passed, 1 failed in 34 ms".
void print_summary(const RunOutcome& outcome, std::chrono::microseconds took, Console& console);

/// What was never true, never false, never reached, with the lines of the configuration.
void print_coverage(const ProjectOutcome& outcome, Console& console);

/// How many mutants were noticed, and what was changed in those that no test noticed.
void print_mutation(const MutationOutcome& outcome, Console& console);

/// The members "passed", "failed", "tests" and "coverage" of an object, without its braces; their
/// names and those in them are stable.
std::string report_json(const RunOutcome& outcome);

/// The member "mutation".
std::string mutation_json(const std::vector<MutationOutcome>& outcomes);

/// A document with one test suite for each file of tests.
std::string report_junit(const RunOutcome& outcome, std::chrono::microseconds took);

/// The explanation of a failed test, as `claimgate explain` prints it.
std::string explanation_text(const Project& project, const CaseOutcome& result, bool colours);

/// A line of the configuration, fit to be shown, without what is around it.
std::string line_of(const std::string& source, int number);

} // namespace gateway::cli::test
