#pragma once

// The workers' counters as Prometheus text, summed over workers. docs/operations.md lists the names
// for users.

#include "gateway/observe/metrics.hpp"

#include <string>

namespace gateway::observe {

/// Appends the families of all counters of the data path.
void render_totals(std::string& out, const Registry::Totals& totals);

} // namespace gateway::observe
