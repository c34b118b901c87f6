#include "gateway/cli/test/report.hpp"

#include "gateway/cli/explain_print.hpp"
#include "gateway/cli/printable.hpp"

#include <sstream>

namespace gateway::cli::test {
namespace {

std::string place(const std::string& file, config::Position at) {
    return file + ':' + std::to_string(at.line);
}

void print_indented(const std::string& text, Console& console) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        console.out << (line.empty() ? "" : "    ") << line << '\n';
}

void print_failure(const Project& project, const CaseOutcome& result, Console& console) {
    const config::suite::Test& test = *result.test->settings;
    console.out << console.paint(Colour::red, "✗ ") << printable(test.name) << "  "
                << console.paint(Colour::dim, place(result.test->suite->file, test.at)) << '\n';
    for (const Difference& difference : result.differences)
        console.out << "    " << difference.what << ": expected "
                    << console.paint(Colour::green, printable(difference.expected)) << ", got "
                    << console.paint(Colour::red, printable(difference.got)) << "  "
                    << console.paint(Colour::dim, "line " + std::to_string(difference.at.line))
                    << '\n';
    console.out << "    why, by " << project.file << ":\n";
    print_indented(explanation_text(project, result, console.colours), console);
    console.out << '\n';
}

std::string what_is_missing(const CoveredRoute& route) {
    if (route.allowed + route.refused == 0) return "never reached";
    if (route.allowed == 0) return "never allowed";
    return route.refused == 0 && !route.is_public ? "never refused" : "";
}

std::string what_is_missing(const CoveredBranch& branch) {
    if (branch.held + branch.failed == 0) return "never looked at";
    if (branch.held == 0) return "never true";
    return branch.failed == 0 ? "never false" : "";
}

void print_gap(const Project& project, config::Position at, const std::string& missing,
               std::string_view what, Console& console) {
    console.out << "  " << place(project.file, at) << "  " << console.paint(Colour::yellow, missing)
                << "  " << printable(what) << "  "
                << console.paint(Colour::dim, line_of(project.source, at.line)) << '\n';
}

} // namespace

std::string line_of(const std::string& source, int number) {
    std::istringstream lines(source);
    std::string line;
    for (int i = 0; i < number && std::getline(lines, line);) ++i;
    const std::size_t first = line.find_first_not_of(" \t-");
    if (first == std::string::npos) return {};
    return printable(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
}

std::string explanation_text(const Project& project, const CaseOutcome& result, bool colours) {
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out, colours};
    print_for_people(explain(*result.test, project.snapshot_for(*result.test)), console);
    return out.str();
}

void print_failures(const RunOutcome& outcome, Console& console) {
    for (const ProjectOutcome& project : outcome.projects)
        for (const CaseOutcome& result : project.cases)
            if (!result.differences.empty()) print_failure(*project.project, result, console);
}

void print_summary(const RunOutcome& outcome, std::chrono::microseconds took, Console& console) {
    const std::string text =
        std::to_string(outcome.passed) + " passed, " + std::to_string(outcome.failed) + " failed";
    console.out << console.paint(outcome.failed == 0 ? Colour::green : Colour::red, text) << " in "
                << (took.count() + 999) / 1000 << " ms\n";
}

void print_coverage(const ProjectOutcome& outcome, Console& console) {
    const Coverage& coverage = outcome.coverage;
    const Project& project = *outcome.project;
    console.out << console.paint(Colour::bold, "Coverage of " + project.file) << ": "
                << percent(coverage.seen(), coverage.possible()) << "% (" << coverage.seen()
                << " of " << coverage.possible() << " outcomes)\n";
    for (const CoveredRoute& route : coverage.routes())
        if (const std::string missing = what_is_missing(route); !missing.empty())
            print_gap(project, route.at, missing, "route " + route.name, console);
    for (const CoveredBranch& branch : coverage.branches())
        if (const std::string missing = what_is_missing(branch); !missing.empty())
            print_gap(project, branch.at, missing, branch.what, console);
}

} // namespace gateway::cli::test
