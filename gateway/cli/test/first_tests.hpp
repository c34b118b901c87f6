#pragma once

// A first file of tests for a configuration: for each route what is let through and what is
// refused, with claims made up from its rule. Every test in it was run, and passes.

#include "policy/rehearsal.hpp"

#include <cstddef>
#include <string>

namespace gateway::cli::test {

struct FirstTests {
    std::string yaml;
    std::size_t tests = 0;
    std::size_t unsolved = 0; ///< routes for which no request was found that is let through
};

/// `config` is how the file will name the configuration. The rehearsal's model is the one that the
/// tests are for.
FirstTests write_first_tests(const policy::Rehearsal& rehearsal, const std::string& config);

} // namespace gateway::cli::test
