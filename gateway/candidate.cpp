#include "gateway/candidate.hpp"

#include "config/load.hpp"
#include "policy/rule/place.hpp"

#include <algorithm>
#include <string>

namespace gateway {
namespace {

/// The excerpt that goes with a problem is of the live file, so the place is part of the message.
void add_errors(const config::Model& live, const config::Problems& found,
                config::Problems& problems) {
    for (const config::Problem& problem : found) {
        if (problem.severity != config::Severity::error) continue;
        std::string place = problem.file;
        if (problem.at.line > 0)
            place +=
                ":" + std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column);
        problems.push_back(
            {.severity = config::Severity::error,
             .file = live.file,
             .at = live.shadow_at,
             .message = "the candidate is not usable: " + place + ": " + problem.message,
             .hint = problem.hint});
    }
}

bool is_same_source(const config::Issuer& a, const config::Issuer& b) {
    return a.issuer == b.issuer && a.keys.kind == b.keys.kind && a.keys.url == b.keys.url;
}

} // namespace

std::shared_ptr<const config::Model> load_candidate(const config::Model& live,
                                                    config::Problems& problems) {
    if (live.shadow.empty()) return nullptr;
    config::Loaded loaded = config::load(live.shadow);
    add_errors(live, loaded.problems, problems);
    if (!loaded.model) return nullptr;
    return std::make_shared<const config::Model>(std::move(*loaded.model));
}

std::shared_ptr<policy::Snapshot>
compile_candidate(const std::shared_ptr<const config::Model>& candidate, const config::Model& live,
                  const std::vector<policy::KeyMaterial>& keys, config::Problems& problems) {
    std::vector<policy::KeyMaterial> shared(candidate->issuers.size());
    for (std::size_t i = 0; i < shared.size(); ++i) {
        const auto same = std::ranges::find_if(live.issuers, [&](const config::Issuer& issuer) {
            return is_same_source(issuer, candidate->issuers[i]);
        });
        const auto index = static_cast<std::size_t>(same - live.issuers.begin());
        if (index < keys.size()) shared[i] = keys[index];
    }
    config::Problems found;
    auto snapshot = policy::Snapshot::compile(candidate, shared, found);
    add_errors(live, found, problems);
    return snapshot;
}

std::vector<observe::CandidateRoute> candidate_routes(const policy::Snapshot& candidate,
                                                      const config::Model& live) {
    std::vector<observe::CandidateRoute> routes(candidate.model().routes.size() + 1);
    for (const auto& route : candidate.routes().routes())
        routes[route->index] = {route->settings->name, policy::rule::places_of(route->rule)};
    routes.back().name = "(none)";
    for (const config::Route& route : live.routes) routes.push_back({route.name, {}});
    return routes;
}

} // namespace gateway
