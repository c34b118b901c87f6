#pragma once

// The control thread's own families: keys of each issuer, reloads.

#include "gateway/admin/facts.hpp"

#include <string>

namespace gateway::admin {

/// Appends Prometheus text.
void render_facts(std::string& out, const Facts& facts);

} // namespace gateway::admin
