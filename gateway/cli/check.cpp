// `claimgate check`: every problem of a configuration at once.

#include "config/print.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace gateway::cli {
namespace {

struct CheckOptions {
    std::string file;
    bool json = false;
    bool strict = false;
};

std::string counted(std::size_t count, const std::string& noun) {
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

void print_for_people(const Configuration& found, const CheckOptions& options, bool good,
                      Console& console) {
    const auto colour = console.colours ? config::Colour::on : config::Colour::off;
    console.out << config::to_text(found.problems, found.source, colour);
    if (!good) {
        console.out << options.file << ": " << console.paint(Colour::red, "not usable") << '\n';
        return;
    }
    console.out << options.file << ": " << console.paint(Colour::green, "good") << ", "
                << counted(found.model->routes.size(), "route") << ", "
                << counted(found.model->issuers.size(), "issuer") << ", "
                << counted(found.model->upstreams.size(), "upstream") << '\n';
}

int check(const CheckOptions& options, Console& console) {
    const Configuration found = load_configuration(options.file);
    const bool good =
        !config::has_errors(found.problems) && (!options.strict || found.problems.empty());
    if (options.json)
        console.out << "{\"good\":" << (good ? "true" : "false")
                    << ",\"problems\":" << config::to_json(found.problems) << "}\n";
    else
        print_for_people(found, options, good, console);
    return good ? exit_code::good : exit_code::configuration;
}

} // namespace

void add_check(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command =
        app.add_subcommand("check", "Find every problem of a configuration at once");
    command->add_option("FILE", options->file, "The configuration file")->required();
    command->add_flag("--strict", options->strict, "Warnings are problems too");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return check(*options, console); };
    });
}

} // namespace gateway::cli
