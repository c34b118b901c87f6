#pragma once

// The families of what shadow mode and a candidate configuration would have decided otherwise.

#include "gateway/observe/exposition.hpp"
#include "gateway/observe/metrics.hpp"

namespace gateway::observe {

void render_shadows(Exposition& text, const Registry::Totals& totals);
void render_candidate(Exposition& text, const Registry::Totals& totals);

} // namespace gateway::observe
