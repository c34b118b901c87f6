#include "gateway/observe/metrics.hpp"

#include <algorithm>
#include <map>

namespace gateway::observe {

/// Cells of one worker by name. A name that leaves the configuration is forgotten, and its series
/// ends.
struct Registry::Named {
    std::map<std::string, std::shared_ptr<RouteCells>> routes;
    std::map<std::string, std::shared_ptr<UpstreamCells>> upstreams;
    std::map<std::string, std::shared_ptr<ShadowCells>> shadows;
    std::map<std::string, std::shared_ptr<CandidateCells>> candidate;
};

namespace {

/// The cells for `things` in their order; those whose names were known go on. `known` is left with
/// these only.
template <class Cells, class Things>
std::vector<std::shared_ptr<Cells>> take_over(std::map<std::string, std::shared_ptr<Cells>>& known,
                                              const Things& things) {
    std::map<std::string, std::shared_ptr<Cells>> next;
    std::vector<std::shared_ptr<Cells>> table;
    for (const auto& thing : things) {
        const auto old = known.find(thing.name);
        auto& cells = next[thing.name];
        if (!cells) cells = old != known.end() ? old->second : std::make_shared<Cells>();
        table.push_back(cells);
    }
    known = std::move(next);
    return table;
}

/// The same for what is in shadow mode: other rules there begin anew.
std::vector<std::shared_ptr<ShadowCells>>
take_over_shadows(std::map<std::string, std::shared_ptr<ShadowCells>>& known,
                  const config::Model& model,
                  const std::vector<std::vector<std::string>>& shadow_rules) {
    std::map<std::string, std::shared_ptr<ShadowCells>> next;
    std::vector<std::shared_ptr<ShadowCells>> table(model.routes.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        const config::Route& route = model.routes[i];
        const auto names = i < shadow_rules.size() ? shadow_rules[i] : std::vector<std::string>();
        if (names.empty() && !route.shadow) continue;
        const auto old = known.find(route.name);
        const bool goes_on = old != known.end() && old->second->names == names;
        table[i] = goes_on ? old->second : std::make_shared<ShadowCells>(names);
        next[route.name] = table[i];
    }
    known = std::move(next);
    return table;
}

std::vector<std::shared_ptr<CandidateCells>>
take_over_candidate(std::map<std::string, std::shared_ptr<CandidateCells>>& known,
                    const std::vector<CandidateRoute>& routes) {
    std::map<std::string, std::shared_ptr<CandidateCells>> next;
    std::vector<std::shared_ptr<CandidateCells>> table;
    for (const CandidateRoute& route : routes) {
        const auto old = known.find(route.name);
        const bool goes_on = old != known.end() && old->second->places == route.places;
        auto& cells = next[route.name];
        if (!cells) cells = goes_on ? old->second : std::make_shared<CandidateCells>(route.places);
        table.push_back(cells);
    }
    known = std::move(next);
    return table;
}

} // namespace

void Histogram::record(std::chrono::microseconds duration) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    const auto bound =
        std::find_if(bounds_us.begin(), bounds_us.end(), [us](auto b) { return us <= b; });
    buckets[static_cast<std::size_t>(bound - bounds_us.begin())].add();
    sum_us.add(us);
}

Registry::Registry(std::size_t workers) {
    for (std::size_t i = 0; i < workers; ++i) {
        workers_.push_back(std::make_unique<WorkerMetrics>());
        named_.push_back(std::make_shared<Named>());
    }
}

Registry::Tables Registry::tables_for(std::size_t worker, const config::Model& model,
                                      const std::vector<std::vector<std::string>>& shadow_rules,
                                      const std::vector<CandidateRoute>& candidate) {
    Named& named = *named_[worker];
    return {take_over(named.routes, model.routes), take_over(named.upstreams, model.upstreams),
            take_over_shadows(named.shadows, model, shadow_rules),
            take_over_candidate(named.candidate, candidate)};
}

void Registry::totals(Totals& totals) const {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
        totals.workers.push_back(workers_[i].get());
        totals.routes["(none)"].push_back(&workers_[i]->no_route);
        for (const auto& [name, cells] : named_[i]->routes)
            totals.routes[name].push_back(cells.get());
        for (const auto& [name, cells] : named_[i]->upstreams)
            totals.upstreams[name].push_back(cells.get());
        for (const auto& [name, cells] : named_[i]->shadows)
            totals.shadows[name].push_back(cells.get());
        for (const auto& [name, cells] : named_[i]->candidate)
            totals.candidate[name].push_back(cells.get());
    }
}

} // namespace gateway::observe
