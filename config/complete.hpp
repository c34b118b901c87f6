#pragma once

// What a file may leave out because another part of it says so. Runs after decoding, whose order is
// the file's.

#include "config/model.hpp"

namespace config {

/// Stands in a route's `timeouts` for what the route does not set, until complete() puts the
/// upstream's there.
constexpr Duration unset_duration{-1};

/// Gives each route without a name its path as name, made unique by methods, host or a number; and
/// each route's timeouts what its upstream has.
void complete(Model& model);

} // namespace config
