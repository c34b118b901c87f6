// `claimgate schema`: the JSON Schema of the configuration file.

#include "config/schema.hpp"

#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <ostream>

namespace gateway::cli {

void add_schema(CLI::App& app, Command& chosen) {
    CLI::App* command = app.add_subcommand(
        "schema", "Print the JSON Schema of the configuration file, for editors");
    command->callback([&chosen] {
        chosen = [](Console& console) {
            console.out << config::schema();
            return exit_code::good;
        };
    });
}

} // namespace gateway::cli
