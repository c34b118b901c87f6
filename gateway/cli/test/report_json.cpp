#include "gateway/cli/explain_print.hpp"
#include "gateway/cli/json_text.hpp"
#include "gateway/cli/test/report.hpp"

#include <sstream>

namespace gateway::cli::test {
namespace {

std::string place_members(const std::string& file, config::Position at) {
    return "\"file\":" + json_string(file) + ",\"line\":" + std::to_string(at.line) +
           ",\"column\":" + std::to_string(at.column);
}

/// `text` of each element, in brackets.
template <class Range, class Text> std::string array(const Range& range, Text text) {
    std::string out = "[";
    for (const auto& element : range) out += (out.size() > 1 ? "," : "") + text(element);
    return out + ']';
}

std::string difference_json(const Difference& difference) {
    return "{\"what\":" + json_string(difference.what) +
           ",\"expected\":" + json_string(difference.expected) +
           ",\"got\":" + json_string(difference.got) +
           ",\"line\":" + std::to_string(difference.at.line) + '}';
}

std::string explanation_json(const Project& project, const CaseOutcome& result) {
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out};
    print_for_programs(explain(*result.test, project.snapshot_for(*result.test)), console);
    std::string text = out.str();
    text.pop_back(); // the end of its line
    return text;
}

std::string case_json(const Project& project, const CaseOutcome& result) {
    const config::suite::Test& test = *result.test->settings;
    std::string out = "{\"name\":" + json_string(test.name) + ',' +
                      place_members(result.test->suite->file, test.at) +
                      ",\"config\":" + json_string(project.file) +
                      ",\"passed\":" + (result.differences.empty() ? "true" : "false") +
                      ",\"reason\":" + json_string(policy::info(result.observed.reason).name);
    if (!result.differences.empty())
        out += ",\"differences\":" + array(result.differences, difference_json) +
               ",\"explanation\":" + explanation_json(project, result);
    return out + '}';
}

std::string coverage_json(const ProjectOutcome& outcome) {
    const std::string& file = outcome.project->file;
    const auto route = [&](const CoveredRoute& covered) {
        return "{\"name\":" + json_string(covered.name) + ',' + place_members(file, covered.at) +
               ",\"allowed\":" + std::to_string(covered.allowed) +
               ",\"refused\":" + std::to_string(covered.refused) + '}';
    };
    const auto branch = [&](const CoveredBranch& covered) {
        return "{\"what\":" + json_string(covered.what) + ',' + place_members(file, covered.at) +
               ",\"true\":" + std::to_string(covered.held) +
               ",\"false\":" + std::to_string(covered.failed) + '}';
    };
    const Coverage& coverage = outcome.coverage;
    return "{\"config\":" + json_string(file) +
           ",\"percent\":" + std::to_string(percent(coverage.seen(), coverage.possible())) +
           ",\"seen\":" + std::to_string(coverage.seen()) +
           ",\"possible\":" + std::to_string(coverage.possible()) +
           ",\"routes\":" + array(coverage.routes(), route) +
           ",\"rules\":" + array(coverage.branches(), branch) + '}';
}

} // namespace

std::string report_json(const RunOutcome& outcome) {
    std::string tests;
    for (const ProjectOutcome& project : outcome.projects)
        for (const CaseOutcome& result : project.cases)
            tests += (tests.empty() ? "" : ",\n") + case_json(*project.project, result);
    return "\"passed\":" + std::to_string(outcome.passed) +
           ",\"failed\":" + std::to_string(outcome.failed) + ",\"tests\":[" + tests +
           "],\"coverage\":" + array(outcome.projects, coverage_json);
}

} // namespace gateway::cli::test
