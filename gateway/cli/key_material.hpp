#pragma once

// Keys of fetched sources for commands that decide offline: what a gateway kept, or a file.

#include "config/model.hpp"
#include "gateway/cli/console.hpp"
#include "policy/snapshot.hpp"

#include <string>
#include <vector>

namespace gateway::cli {

/// What the gateway kept of its providers' keys when it ran, in the order of the issuers.
std::vector<policy::KeyMaterial> kept_keys(const config::Model& model);

/// Reads each ISSUER=FILE into its place; an error text, or empty.
std::string take_key_sets(const std::vector<std::string>& arguments, const config::Model& model,
                          std::vector<policy::KeyMaterial>& material, Console& console);

} // namespace gateway::cli
