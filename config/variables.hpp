#pragma once

// ${NAME}, ${NAME:-default} and ${file:PATH} in scalars; `$$` is a `$`, and a `$` before anything
// else is itself.
//
// Replaced in values after parsing, never in keys, so that no value changes the structure. A name
// that is not set and has no default is an error that names the variable. No value is ever part of
// a message.

#include "config/load.hpp"
#include "config/yaml.hpp"

#include <string>

namespace config {

constexpr std::size_t max_variable_file_bytes = std::size_t{64} << 10;
constexpr std::size_t max_replaced_bytes = std::size_t{8}
                                           << 20; ///< all values of one file together

/// Replaces in the whole tree. A scalar that could not be replaced becomes NodeKind::refused.
/// `file` is the configuration's path, where relative PATHs start; one line end at the end of a
/// file's content is cut off.
void replace_variables(Node& root, const Environment& environment, const std::string& file,
                       Problems& problems);

} // namespace config
