#pragma once

// An explanation as text for people and as JSON for programs.

#include "gateway/cli/console.hpp"
#include "policy/explain.hpp"

namespace gateway::cli {

void print_for_people(const policy::Explanation& explanation, Console& console);

/// One line. The names of its members are stable.
void print_for_programs(const policy::Explanation& explanation, Console& console);

/// True where the request gets what it asks for.
bool is_good(const policy::Explanation& explanation);

} // namespace gateway::cli
