#pragma once

// A command registers itself with the command line, and says what to do once its arguments are
// known.

#include "gateway/cli/console.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace gateway::cli {

/// Answers an exit code. May throw std::exception: main() turns that into exit_code::internal.
using Command = std::function<int(Console&)>;

// Each adds its subcommand to `app`; parsing that subcommand sets `chosen`.
void add_check(CLI::App& app, Command& chosen);
void add_echo(CLI::App& app, Command& chosen);
void add_explain(CLI::App& app, Command& chosen);
void add_keys(CLI::App& app, Command& chosen);
void add_reload(CLI::App& app, Command& chosen);
void add_replay(CLI::App& app, Command& chosen);
void add_schema(CLI::App& app, Command& chosen);
void add_shadow(CLI::App& app, Command& chosen);
void add_test(CLI::App& app, Command& chosen);
void add_token(CLI::App& app, Command& chosen);

} // namespace gateway::cli
