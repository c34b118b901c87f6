#pragma once

// The candidate configuration of `shadow:`: loaded like any other, compiled with the keys of the
// live one. It serves nothing: listeners, admin and logs of it are not looked at.

#include "config/error.hpp"
#include "config/model.hpp"
#include "gateway/observe/metrics.hpp"
#include "policy/snapshot.hpp"

#include <memory>
#include <vector>

namespace gateway {

/// nullptr when `live` names none, or when it has errors. These are added as errors of `live`, at
/// its `shadow:`. Reads files.
std::shared_ptr<const config::Model> load_candidate(const config::Model& live,
                                                    config::Problems& problems);

/// With `keys` of `live` for the issuers whose keys come from the same place; those of others are
/// not known. nullptr after errors, added as above.
std::shared_ptr<policy::Snapshot>
compile_candidate(const std::shared_ptr<const config::Model>& candidate, const config::Model& live,
                  const std::vector<policy::KeyMaterial>& keys, config::Problems& problems);

/// What its disagreements are counted by: its routes in their order, then "(none)", then the routes
/// of `live` for requests that only this has a route for.
std::vector<observe::CandidateRoute> candidate_routes(const policy::Snapshot& candidate,
                                                      const config::Model& live);

} // namespace gateway
