#pragma once

// A configuration file as commands see it: loaded, compiled and checked as `run` would, without
// running.

#include "config/error.hpp"
#include "config/model.hpp"

#include <memory>
#include <string>

namespace gateway::cli {

struct Configuration {
    std::shared_ptr<const config::Model> model; ///< nullptr when the file itself has errors
    config::Problems problems; ///< of the file, its rules and routes, its keys and certificates
    std::string source;        ///< the file's text, for excerpts
    bool is_whole = false;     ///< nothing was left unlooked at because of an error before it
};

/// Finds every problem that can be found without the network. Does not throw.
Configuration load_configuration(const std::string& path);

/// The file's text, for excerpts: what is larger than load() reads is cut, what cannot be read is
/// empty.
std::string read_source(const std::string& path);

} // namespace gateway::cli
