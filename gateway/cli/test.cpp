// `claimgate test`: policy tests in YAML, decided offline by the code that the proxy runs.

#include "config/print.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/test/report.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace gateway::cli {
namespace {

using std::chrono::steady_clock;

struct TestOptions {
    test::Selection selection;
    std::string junit;
    bool json = false;
    bool coverage = false;
    unsigned min_coverage = 0;
};

int complain(Console& console, std::string_view what) {
    console.err << "claimgate test: " << what << '\n';
    return exit_code::usage;
}

int print_problems(const test::Workspace& workspace, Console& console) {
    const auto colour = console.colours ? config::Colour::on : config::Colour::off;
    for (const test::FileProblems& file : workspace.problems)
        console.err << config::to_text(file.problems, file.source, colour);
    return exit_code::configuration;
}

bool write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    return !file.fail();
}

unsigned least_coverage(const test::RunOutcome& outcome) {
    unsigned least = 100;
    for (const test::ProjectOutcome& project : outcome.projects)
        least =
            std::min(least, test::percent(project.coverage.seen(), project.coverage.possible()));
    return least;
}

void print_for_people(const test::RunOutcome& outcome, const TestOptions& options,
                      std::chrono::microseconds took, Console& console) {
    test::print_failures(outcome, console);
    if (options.coverage || options.min_coverage > 0)
        for (const test::ProjectOutcome& project : outcome.projects)
            test::print_coverage(project, console);
    test::print_summary(outcome, took, console);
}

int run_tests(const TestOptions& options, Console& console) {
    const auto begin = steady_clock::now();
    const test::Workspace workspace = test::load_workspace(options.selection);
    if (workspace.files.empty()) return complain(console, "there is no *.test.yaml here");
    if (!workspace.problems.empty()) return print_problems(workspace, console);
    const test::RunOutcome outcome = test::run_all(workspace);
    if (outcome.passed + outcome.failed == 0)
        return complain(console, "no test has " + options.selection.pattern + " in its name");
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begin);

    if (options.json)
        console.out << '{' << test::report_json(outcome) << "}\n";
    else
        print_for_people(outcome, options, took, console);
    if (!options.junit.empty() && !write_file(options.junit, test::report_junit(outcome, took)))
        return complain(console, "cannot write " + options.junit);
    if (outcome.failed > 0) return exit_code::no;
    if (const unsigned least = least_coverage(outcome); least < options.min_coverage) {
        console.err << "claimgate test: coverage is " << least << "%, and " << options.min_coverage
                    << "% is wanted\n";
        return exit_code::no;
    }
    return exit_code::good;
}

} // namespace

void add_test(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<TestOptions>();
    CLI::App* command = app.add_subcommand(
        "test", "Run policy tests: requests and claims in YAML, decided without a server");
    command->add_option("FILE", options->selection.files,
                        "Test files, or directories with *.test.yaml below them; default: here");
    command->add_option("--config", options->selection.config,
                        "The configuration, instead of what the test files say");
    command->add_option("-k", options->selection.pattern,
                        "Only tests with this text in their name");
    command->add_flag("--coverage", options->coverage,
                      "Say which routes and rules no test has tried in both ways");
    command
        ->add_option("--min-coverage", options->min_coverage,
                     "End with 1 where less than this percentage was tried")
        ->check(CLI::Range(0u, 100u));
    command->add_option("--junit", options->junit, "Also write the outcome as JUnit's XML");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        if (options->selection.files.empty()) options->selection.files = {"."};
        chosen = [options](Console& console) { return run_tests(*options, console); };
    });
}

} // namespace gateway::cli
