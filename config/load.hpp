#pragma once

// load(): a YAML file becomes a Model, or every error in it at once.
//
// Bounded on any input: file 4 MiB, nesting 64, 100,000 nodes, no aliases, merge keys, tags or
// second document.
// ${NAME}, ${NAME:-default} and ${file:PATH} are replaced in scalars after parsing, so no value
// changes the structure. Reads files, so it is called by the control thread and the command line,
// never by a worker. Does not throw.

#include "config/error.hpp"
#include "config/model.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace config {

struct Loaded {
    std::optional<Model> model; ///< there when `problems` holds no error
    Problems problems;          ///< errors and warnings, in the order of the file
};

/// Where variables come from; tests pass their own. The default reads the process's environment.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

Loaded load(const std::string& path, const Environment& environment = process_environment());

/// The same for a text in memory; `path` is used for messages and as the base of relative paths.
Loaded load_text(std::string_view yaml, const std::string& path,
                 const Environment& environment = process_environment());

/// Where the gateway that runs with this file listens for its operator: `admin` alone is read, so
/// that a file with errors, or without its secrets, still says where. Defaults where it says
/// nothing readable.
Admin load_admin(const std::string& path, const Environment& environment = process_environment());

} // namespace config
