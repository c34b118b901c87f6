// `claimgate test`: policy tests in YAML, decided offline by the code that the proxy runs.

#include "config/files.hpp"
#include "config/print.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/test/report.hpp"
#include "gateway/cli/test/watcher.hpp"
#include "gateway/cli/test_init.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <unistd.h>
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
    bool mutate = false;
    bool strict = false;
    bool watch = false;
    bool init = false;
    std::string out; ///< of init
};

struct Report {
    test::RunOutcome tests;
    std::vector<test::MutationOutcome> mutations;
    std::chrono::microseconds took{}; ///< of the tests
};

int complain(Console& console, std::string_view what) {
    console.err << "claimgate test: " << what << '\n';
    return exit_code::usage;
}

int print_problems(const test::Workspace& workspace, Console& console) {
    const auto colour = console.colours ? config::Colour::on : config::Colour::off;
    for (const test::FileProblems& file : workspace.problems)
        console.err << config::to_text(file.problems, file.source, colour,
                                       file.of_tests ? config::suite::secret_marks
                                                     : config::secret_marks);
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

/// Where a person looks at it: how far it is, in a line that goes away.
test::Progress progress_of(std::ostream& err) {
    if (isatty(STDERR_FILENO) != 1) return [](std::size_t, std::size_t) {};
    return [&err](std::size_t done, std::size_t all) {
        err << "\r\x1b[K";
        if (done < all) err << "mutant " << done << " of " << all;
        err.flush();
    };
}

std::vector<test::MutationOutcome> check_mutants(const test::RunOutcome& tests, Console& console) {
    std::vector<test::MutationOutcome> outcomes;
    for (const test::ProjectOutcome& project : tests.projects)
        outcomes.push_back(test::check_mutants(project, progress_of(console.err)));
    return outcomes;
}

void print_for_people(const Report& report, const TestOptions& options, Console& console) {
    test::print_failures(report.tests, console);
    if (options.coverage || options.min_coverage > 0)
        for (const test::ProjectOutcome& project : report.tests.projects)
            test::print_coverage(project, console);
    for (const test::MutationOutcome& outcome : report.mutations)
        test::print_mutation(outcome, console);
    test::print_summary(report.tests, report.took, console);
    if (options.mutate && report.tests.failed > 0)
        console.out << "Mutants are tried once every test passes.\n";
}

void print_for_programs(const Report& report, const TestOptions& options, Console& console) {
    console.out << '{' << test::report_json(report.tests);
    if (options.mutate) console.out << ',' << test::mutation_json(report.mutations);
    console.out << "}\n";
}

int exit_code_of(const Report& report, const TestOptions& options, Console& console) {
    if (report.tests.failed > 0) return exit_code::no;
    const auto has_survivors = [](const auto& outcome) { return !outcome.survivors.empty(); };
    if (options.strict && std::ranges::any_of(report.mutations, has_survivors))
        return exit_code::no;
    const unsigned least = least_coverage(report.tests);
    if (least >= options.min_coverage) return exit_code::good;
    console.err << "claimgate test: coverage is " << least << "%, and " << options.min_coverage
                << "% is wanted\n";
    return exit_code::no;
}

int run_tests(const test::Workspace& workspace, const TestOptions& options, Console& console,
              steady_clock::time_point begin) {
    if (workspace.files.empty()) return complain(console, "there is no *.test.yaml here");
    if (!workspace.problems.empty()) return print_problems(workspace, console);
    Report report{test::run_all(workspace), {}, {}};
    const test::RunOutcome& tests = report.tests;
    if (tests.passed + tests.failed == 0)
        return complain(console, "no test has " + options.selection.pattern + " in its name");
    report.took =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begin);
    if (options.mutate && tests.failed == 0) report.mutations = check_mutants(tests, console);

    options.json ? print_for_programs(report, options, console)
                 : print_for_people(report, options, console);
    if (!options.junit.empty() &&
        !write_file(options.junit, test::report_junit(tests, report.took)))
        return complain(console, "cannot write " + options.junit);
    return exit_code_of(report, options, console);
}

/// Where what the tests depend on stands: the files themselves, their configurations and keys.
std::vector<std::string> directories_of(const test::Workspace& workspace,
                                        const test::Selection& selection) {
    std::vector<std::string> roots;
    for (const std::string& file : selection.files)
        if (std::filesystem::is_directory(file)) roots.push_back(file);
    std::vector<std::string> all = test::with_subdirectories(roots);
    for (const std::string& file : workspace.files) all.push_back(config::directory_of(file));
    for (const test::Project& project : workspace.projects) {
        all.push_back(config::directory_of(project.file));
        for (const std::string& file : project.key_files) all.push_back(config::directory_of(file));
    }
    return all;
}

/// Runs whenever something changed, until the person has seen enough.
int watch_tests(const TestOptions& options, Console& console) {
    test::Watcher watcher(options.junit);
    for (;;) {
        const auto begin = steady_clock::now();
        const test::Workspace workspace = test::load_workspace(options.selection);
        // Before the tests run: what changes meanwhile is not missed.
        watcher.add(directories_of(workspace, options.selection));
        if (console.colours) console.out << "\x1b[2J\x1b[H";
        const int code = run_tests(workspace, options, console, begin);
        console.out << console.paint(Colour::dim, "Watching. Ctrl-C ends.") << std::endl;
        if (!watcher.wait()) return code;
    }
}

int start(const TestOptions& options, Console& console) {
    if (options.init) return init_tests({options.selection.config, options.out}, console);
    if (options.watch) return watch_tests(options, console);
    const auto begin = steady_clock::now();
    return run_tests(test::load_workspace(options.selection), options, console, begin);
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
    auto* mutate =
        command->add_flag("--mutate", options->mutate,
                          "Change the rules one by one, and say which changes no test notices");
    command->add_flag("--strict", options->strict, "End with 1 where a mutant is not noticed")
        ->needs(mutate);
    command->add_option("--junit", options->junit, "Also write the outcome as JUnit's XML");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->add_flag("--watch", options->watch, "Run again whenever a file changes");
    auto* init = command->add_flag("--init", options->init,
                                   "Write a first file of tests for the configuration");
    command->add_option("-o", options->out, "Where --init writes to; - for standard output")
        ->needs(init);
    command->callback([options, &chosen] {
        if (options->selection.files.empty()) options->selection.files = {"."};
        chosen = [options](Console& console) { return start(*options, console); };
    });
}

} // namespace gateway::cli
