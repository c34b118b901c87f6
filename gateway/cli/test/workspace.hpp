#pragma once

// The files of one run of `claimgate test`: test files, and each configuration that they are about,
// compiled once.

#include "config/error.hpp"
#include "config/suite/suite.hpp"
#include "gateway/cli/test/case.hpp"
#include "policy/rehearsal.hpp"

#include <memory>
#include <string>
#include <vector>

namespace gateway::cli::test {

struct Selection {
    std::vector<std::string> files; ///< files, or directories with *.test.yaml below them
    std::string config;             ///< instead of what the files say; empty: as they say
    std::string pattern;            ///< stands in a test's name, in any case; empty: all tests
};

/// A configuration and the cases about it.
struct Project {
    std::string file;   ///< of the configuration
    std::string source; ///< its text, for excerpts
    std::vector<std::pair<std::string, std::string>> variables;
    std::vector<std::string> key_files; ///< that the configuration names
    std::unique_ptr<policy::Rehearsal> rehearsal;
    /// With the keys of the configuration itself; nullptr where no case wants it.
    std::shared_ptr<const policy::Snapshot> own_keys;
    std::vector<std::unique_ptr<config::suite::Suite>> suites;
    std::vector<Case> cases;

    const config::Model& model() const { return rehearsal->snapshot()->model(); }
    const policy::Snapshot& snapshot_for(const Case& test) const {
        return test.own_keys ? *own_keys : *rehearsal->snapshot();
    }
};

struct FileProblems {
    config::Problems problems;
    std::string source;
    bool of_tests = false; ///< of a test file, and not of a configuration
};

struct Workspace {
    std::vector<Project> projects;
    std::vector<FileProblems> problems; ///< errors only; then nothing is to be run
    std::vector<std::string> files;     ///< the test files that were found
};

/// Files that end in ".test.yaml" below a directory (hidden ones are passed over), in order; a file
/// as it is. Nothing of a directory that cannot be read.
std::vector<std::string> find_test_files(const std::vector<std::string>& arguments);

/// Reads everything that the selection names. Does not throw.
Workspace load_workspace(const Selection& selection);

} // namespace gateway::cli::test
