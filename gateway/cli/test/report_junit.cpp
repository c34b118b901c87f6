#include "gateway/cli/printable.hpp"
#include "gateway/cli/test/report.hpp"

#include <array>
#include <cstdio>

namespace gateway::cli::test {
namespace {

/// As text or attribute of XML 1.0; what it cannot hold at all was made readable by printable().
std::string xml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string attribute(std::string_view name, std::string_view value) {
    return ' ' + std::string(name) + "=\"" + xml(printable(value)) + '"';
}

std::string seconds(std::chrono::microseconds took) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(took.count()) / 1e6);
    return text.data();
}

std::string first_line(const CaseOutcome& result) {
    const Difference& first = result.differences.front();
    return first.what + ": expected " + first.expected + ", got " + first.got;
}

std::string failure_xml(const Project& project, const CaseOutcome& result) {
    std::string body;
    for (const Difference& difference : result.differences)
        body += printable(difference.what + ": expected " + difference.expected + ", got " +
                          difference.got) +
                " (line " + std::to_string(difference.at.line) + ")\n";
    body += '\n' + explanation_text(project, result, false);
    return "      <failure" + attribute("message", first_line(result)) + '>' + xml(body) +
           "</failure>\n";
}

std::string case_xml(const Project& project, const CaseOutcome& result) {
    const config::suite::Test& test = *result.test->settings;
    std::string out = "    <testcase" + attribute("name", test.name) +
                      attribute("classname", result.test->suite->file) +
                      attribute("file", result.test->suite->file) +
                      attribute("line", std::to_string(test.at.line));
    if (result.differences.empty()) return out + "/>\n";
    return out + ">\n" + failure_xml(project, result) + "    </testcase>\n";
}

/// The cases of one file of tests.
std::string suite_xml(const ProjectOutcome& outcome, const config::suite::Suite& suite) {
    std::string cases;
    std::size_t count = 0, failed = 0;
    for (const CaseOutcome& result : outcome.cases) {
        if (result.test->suite != &suite) continue;
        ++count;
        failed += std::size_t{!result.differences.empty()};
        cases += case_xml(*outcome.project, result);
    }
    return "  <testsuite" + attribute("name", suite.file) +
           attribute("tests", std::to_string(count)) +
           attribute("failures", std::to_string(failed)) + ">\n" + cases + "  </testsuite>\n";
}

} // namespace

std::string report_junit(const RunOutcome& outcome, std::chrono::microseconds took) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                      attribute("name", "claimgate test") +
                      attribute("tests", std::to_string(outcome.passed + outcome.failed)) +
                      attribute("failures", std::to_string(outcome.failed)) +
                      attribute("time", seconds(took)) + ">\n";
    for (const ProjectOutcome& project : outcome.projects)
        for (const auto& suite : project.project->suites) out += suite_xml(project, *suite);
    return out + "</testsuites>\n";
}

} // namespace gateway::cli::test
