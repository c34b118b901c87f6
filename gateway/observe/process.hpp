#pragma once

// What the kernel says of this process, in the names that Prometheus's own clients use (process_*).

#include "gateway/observe/exposition.hpp"

namespace gateway::observe {

/// Reads /proc. A value that cannot be read is left out, never guessed.
void render_process(Exposition& out);

} // namespace gateway::observe
