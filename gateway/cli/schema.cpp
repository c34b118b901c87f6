// `claimgate schema`: the JSON Schema of the configuration file, or of files of policy tests.

#include "config/schema.hpp"

#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace gateway::cli {

void add_schema(CLI::App& app, Command& chosen) {
    CLI::App* command = app.add_subcommand(
        "schema", "Print the JSON Schema of the configuration file, for editors");
    auto tests = std::make_shared<bool>(false);
    command->add_flag("--tests", *tests, "The schema of files of policy tests instead");
    command->callback([tests, &chosen] {
        chosen = [tests](Console& console) {
            console.out << (*tests ? config::suite_schema() : config::schema());
            return exit_code::good;
        };
    });
}

} // namespace gateway::cli
