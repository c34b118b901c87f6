#pragma once

// Texts that a person gives to a command: in a file, on standard input, or as they stand.

#include "gateway/cli/console.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace gateway::cli {

inline constexpr std::size_t input_limit = 1024 * 1024;

/// The whole file, `-` for standard input. Nothing when it cannot be read or is larger than
/// input_limit; then `error` says why.
std::optional<std::string> read_input(const std::string& path, Console& console,
                                      std::string& error);

/// A token given as itself, as `-` (standard input) or as `@FILE`; white space around it is
/// removed.
std::optional<std::string> read_token(const std::string& argument, Console& console,
                                      std::string& error);

} // namespace gateway::cli
