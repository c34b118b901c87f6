#pragma once

// An explanation as text for people and as JSON for programs.

#include "gateway/cli/console.hpp"
#include "policy/explain.hpp"

#include <vector>

namespace gateway::cli {

void print_for_people(const policy::Explanation& explanation, Console& console);

/// The parts of print_for_people() that a token alone has too: the keys that are missing, the
/// stages, and after a refusal what would have to change and what is supposed.
void print_key_needed(const policy::Explanation& explanation, Console& console);
void print_stages(const std::vector<policy::TraceStage>& stages, Console& console);
void print_refusal(const policy::Explanation& explanation, Console& console);

/// One line of explanation_json().
void print_for_programs(const policy::Explanation& explanation, Console& console);

/// True where the request gets what it asks for.
bool is_good(const policy::Explanation& explanation);

} // namespace gateway::cli
