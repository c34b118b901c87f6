// `claimgate check`: every problem of a configuration at once.

#include "config/print.hpp"
#include "config/text.hpp"
#include "config/warnings.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace gateway::cli {
namespace {

struct CheckOptions {
    std::string file;
    std::vector<std::string> allowed; ///< names of warnings that are not looked at
    bool json = false;
    bool strict = false;
};

/// What was found, counted.
struct Count {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};

Count count(const config::Problems& problems) {
    Count found;
    for (const config::Problem& problem : problems)
        ++(problem.severity == config::Severity::error ? found.errors : found.warnings);
    return found;
}

std::string counted(std::size_t number, const std::string& noun) {
    return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

std::string summary(const Configuration& found, const Count& problems, int code,
                    const Console& console) {
    std::string text;
    if (code == exit_code::configuration)
        text = console.paint(Colour::red, "not usable") + ", " + counted(problems.errors, "error");
    else if (code == exit_code::no)
        text = console.paint(Colour::yellow, "usable, but not without warnings");
    else
        text = console.paint(Colour::green, "good") + ", " +
               counted(found.model->routes.size(), "route") + ", " +
               counted(found.model->issuers.size(), "issuer") + ", " +
               counted(found.model->upstreams.size(), "upstream");
    if (problems.warnings > 0) text += ", " + counted(problems.warnings, "warning");
    return text;
}

int check(const CheckOptions& options, Console& console) {
    for (const std::string& name : options.allowed) {
        if (std::ranges::find(config::warning_names, name) != std::end(config::warning_names))
            continue;
        const std::string hint = config::did_you_mean(name, config::warning_names);
        console.err << "claimgate check: --allow: there is no warning "
                    << config::in_backticks(name) << (hint.empty() ? "" : "; ") << hint << '\n';
        return exit_code::usage;
    }
    Configuration found = load_configuration(options.file);
    std::erase_if(found.problems, [&](const config::Problem& problem) {
        return problem.severity == config::Severity::warning &&
               std::ranges::find(options.allowed, problem.name) != options.allowed.end();
    });
    const Count problems = count(found.problems);
    const int code = problems.errors > 0                       ? exit_code::configuration
                     : options.strict && problems.warnings > 0 ? exit_code::no
                                                               : exit_code::good;
    if (options.json) {
        console.out << "{\"good\":" << (code == exit_code::good ? "true" : "false")
                    << ",\"errors\":" << problems.errors << ",\"warnings\":" << problems.warnings
                    << ",\"problems\":" << config::to_json(found.problems) << "}\n";
        return code;
    }
    const auto colour = console.colours ? config::Colour::on : config::Colour::off;
    const bool may_hide_more = !found.is_whole && !found.source.empty();
    console.out << config::to_text(found.problems, found.source, colour) << options.file << ": "
                << summary(found, problems, code, console) << '\n'
                << (may_hide_more ? "More may show when these are mended.\n" : "");
    return code;
}

} // namespace

void add_check(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command =
        app.add_subcommand("check", "Find every problem of a configuration at once");
    command->add_option("FILE", options->file, "The configuration file")->required();
    command->add_flag("--strict", options->strict, "End with 1 where there are warnings");
    command->add_option("--allow", options->allowed,
                        "Leave out the warnings of this name; may be given several times");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return check(*options, console); };
    });
}

} // namespace gateway::cli
