#pragma once

// `claimgate test --init`: writes a first file of tests for a configuration.

#include "gateway/cli/console.hpp"

#include <string>

namespace gateway::cli {

struct InitTestsOptions {
    std::string config; ///< path of the configuration; empty: claimgate.yaml
    std::string out;    ///< where to; `-` is standard output; empty: beside the configuration
};

/// An exit code of exit_code.hpp. Never writes over a file.
int init_tests(const InitTestsOptions& options, Console& console);

} // namespace gateway::cli
