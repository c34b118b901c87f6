#pragma once

// `claimgate run`: serves until SIGTERM has drained it. SIGHUP reloads, SIGUSR1 reopens the access
// log.

#include <string>

namespace gateway::cli {

struct RunOptions {
    std::string config; ///< path of the configuration file
};

/// An exit code of exit_code.hpp. Problems of the configuration are printed to standard error.
int run(const RunOptions& options);

} // namespace gateway::cli
