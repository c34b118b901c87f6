// Arguments to a command, and its outcome to an exit code.

#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/run.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <memory>

namespace {

void add_run(CLI::App& app, gateway::cli::Command& chosen) {
    auto options = std::make_shared<gateway::cli::RunOptions>();
    options->config = "claimgate.yaml";
    CLI::App* run = app.add_subcommand("run", "Serve: SIGHUP reloads, SIGTERM drains");
    run->add_option("--config", options->config, "The configuration file")->capture_default_str();
    run->callback([options, &chosen] {
        chosen = [options](gateway::cli::Console&) { return gateway::cli::run(*options); };
    });
}

void describe(CLI::App& app) {
    app.description("claimgate stands in front of an API and lets a request through only when its "
                    "token and the route's rule say so.");
    app.set_version_flag("--version", "claimgate " CLAIMGATE_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 good, 1 the answer is no, 64 usage, 70 internal, 78 configuration.\n"
               "Colours only on a terminal; NO_COLOR=1 turns them off.");
}

} // namespace

int main(int argc, char** argv) {
    using namespace gateway::cli;
    CLI::App app;
    describe(app);
    Command chosen;
    for (const auto add : {add_run, add_reload, add_check, add_explain, add_test, add_replay,
                           add_shadow, add_token, add_keys, add_schema, add_echo})
        add(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and --version arrive here too, as the one success.
        return app.exit(error) == 0 ? exit_code::good : exit_code::usage;
    }
    Console console{std::cin, std::cout, std::cerr, wants_colours()};
    try {
        const int code = chosen(console);
        std::cout.flush();
        return code;
    } catch (const std::exception& error) {
        std::cerr << "claimgate: " << error.what() << '\n';
        return exit_code::internal;
    }
}
