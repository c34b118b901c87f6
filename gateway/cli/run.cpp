#include "gateway/cli/run.hpp"

#include "config/print.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/console.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/observe/log.hpp"
#include "gateway/server.hpp"

#include <iostream>
#include <stdexcept>

namespace gateway::cli {

int run(const RunOptions& options) {
    const Configuration found = load_configuration(options.config);
    if (!found.problems.empty()) {
        const auto colour = wants_colours() ? config::Colour::on : config::Colour::off;
        std::cerr << config::to_text(found.problems, found.source, colour);
    }
    if (!found.model || config::has_errors(found.problems)) return exit_code::configuration;
    try {
        Server server(found.model);
        server.run();
        return exit_code::good;
    } catch (const std::runtime_error& error) {
        log::write(log::Level::error, "start_failed", error.what());
        return exit_code::no;
    }
}

} // namespace gateway::cli
