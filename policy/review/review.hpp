#pragma once

// What is legal in a configuration, but risky or without effect: warnings, each with the stable
// name that docs/warnings.md explains. A function of the snapshot alone. For the command line and
// for (re)loading: it takes as long as compiling does.

#include "config/error.hpp"
#include "policy/snapshot.hpp"

namespace policy::review {

/// In the order of the file; nothing is said twice about one place.
config::Problems warnings_of(const Snapshot& snapshot);

} // namespace policy::review
