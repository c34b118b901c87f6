#pragma once

// An explanation as JSON, for programs: docs/explain.md is its contract, and its names are stable.

#include "policy/explain.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gateway::cli {

/// One line, without its end.
std::string explanation_json(const policy::Explanation& explanation);

/// The same of a token alone.
std::string token_json(const policy::Explanation& explanation);

/// explanation_json() read back; nothing when the text is something else.
std::optional<policy::Explanation> read_explanation(std::string_view json);

} // namespace gateway::cli
