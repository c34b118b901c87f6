// `claimgate echo`: runs the demo upstream.

#include "gateway/cli/command.hpp"
#include "gateway/cli/echo_server.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/observe/log.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <ostream>
#include <stdexcept>

namespace gateway::cli {
namespace {

int echo(const std::string& bind, Console& console) {
    std::unique_ptr<EchoServer> server;
    try {
        server = std::make_unique<EchoServer>(bind);
    } catch (const std::runtime_error& error) {
        console.err << "claimgate echo: " << error.what() << '\n';
        return exit_code::usage;
    }
    log::write(
        log::Level::info, "listening", "the demo upstream shows each request as it arrived",
        {{"address", std::string_view(server->address())}, {"port", std::int64_t{server->port()}}});
    server->run();
    return exit_code::good;
}

} // namespace

void add_echo(CLI::App& app, Command& chosen) {
    auto bind = std::make_shared<std::string>("127.0.0.1:8081");
    CLI::App* command =
        app.add_subcommand("echo", "Run a demo upstream that shows each request as it arrived");
    command->add_option("--bind", *bind, "Address and port; port 0: any free one")
        ->capture_default_str();
    command->callback(
        [bind, &chosen] { chosen = [bind](Console& console) { return echo(*bind, console); }; });
}

} // namespace gateway::cli
