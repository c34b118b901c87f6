#include "gateway/cli/test_init.hpp"

#include "config/files.hpp"
#include "config/load.hpp"
#include "config/print.hpp"
#include "config/yaml.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/test/first_tests.hpp"
#include "gateway/cli/test/run.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <stdexcept>

namespace gateway::cli {
namespace {

namespace fs = std::filesystem;

int complain(Console& console, const std::string& what) {
    console.err << "claimgate test --init: " << what << '\n';
    return exit_code::usage;
}

/// gateway.yaml has its tests in gateway.test.yaml.
std::string default_out(const std::string& config) {
    return fs::path(config).replace_extension(".test.yaml").string();
}

/// How the file at `out` names the configuration: by the shortest way from its directory.
std::string config_as_seen_from(const std::string& out, const std::string& config) {
    const fs::path directory = out == "-" ? fs::path() : fs::path(out).parent_path();
    std::error_code error;
    const fs::path way =
        fs::relative(config, directory.empty() ? fs::current_path() : directory, error);
    return error || way.empty() ? config : way.string();
}

/// What is written was tried out test by test; here it is tried as a whole, as it will be read.
void check(const test::FirstTests& first, const policy::Rehearsal& rehearsal) {
    std::string text = first.yaml;
    const std::size_t config = text.find("config:");
    text.replace(config, text.find('\n', config) - config, "at: 2026-01-01T12:00:00Z");
    const config::suite::Loaded loaded = config::suite::load_text(text, "init");
    if (!loaded.suite) throw std::logic_error("the tests that were made up cannot be read");
    config::Problems problems;
    test::Runner runner;
    const auto cases = test::make_cases(*loaded.suite, rehearsal, problems);
    for (const test::Case& made : cases) {
        const auto observed = runner.run(made, *rehearsal.snapshot(), nullptr);
        if (!test::compare(made, observed, rehearsal.snapshot()->model()).empty())
            throw std::logic_error("a test that was made up does not pass: " + made.settings->name);
    }
    if (!problems.empty() || cases.size() != first.tests)
        throw std::logic_error("the tests that were made up are not complete");
}

} // namespace

int init_tests(const InitTestsOptions& options, Console& console) {
    const std::string config = options.config.empty() ? "claimgate.yaml" : options.config;
    const std::string out = options.out.empty() ? default_out(config) : options.out;
    std::error_code ignored;
    if (out != "-" && fs::exists(out, ignored))
        return complain(console, out + " is there already; name another file with -o");

    config::Loaded loaded = config::load(config);
    std::unique_ptr<policy::Rehearsal> rehearsal;
    if (loaded.model) rehearsal = policy::Rehearsal::make(*loaded.model, loaded.problems);
    if (!rehearsal) {
        const auto source = config::read_file(config, config::max_file_bytes).text;
        console.err << config::to_text(loaded.problems, source.value_or(""));
        return exit_code::configuration;
    }
    const test::FirstTests first =
        test::write_first_tests(*rehearsal, config_as_seen_from(out, config));
    if (first.tests == 0) return complain(console, "no test could be made up for " + config);
    check(first, *rehearsal);
    if (out == "-") {
        console.out << first.yaml;
        return exit_code::good;
    }
    std::ofstream file(out, std::ios::binary);
    file << first.yaml;
    file.close();
    if (file.fail()) return complain(console, "cannot write " + out);
    const std::size_t routes = loaded.model->routes.size();
    console.out << out << ": " << first.tests << " tests for " << routes
                << (routes == 1 ? " route\n" : " routes\n");
    if (first.unsolved > 0)
        console.out << "For " << first.unsolved
                    << " of them no request was found that is let through; the file says which.\n";
    console.out << "Run them with: claimgate test " << out << '\n';
    return exit_code::good;
}

} // namespace gateway::cli
