#include "gateway/cli/test/coverage.hpp"

#include "policy/rule/describe.hpp"
#include "policy/rule/node.hpp"

#include <algorithm>
#include <tuple>

namespace gateway::cli::test {
namespace {

using policy::rule::Node;

auto key_of(const config::Position& at, std::string_view what) {
    return std::tuple(at.line, at.column, what);
}

/// Each node under the name that its step in a trace has.
void collect(const Node& node, std::vector<CoveredBranch>& out) {
    for (const auto& named : node.matchers)
        for (const auto& check : named.matcher.checks())
            out.push_back({check.settings->at, policy::rule::describe_check(named, check)});
    if (node.entry && node.matchers.empty()) {
        const bool is_group = !node.children.empty();
        out.push_back({node.at, is_group ? policy::rule::describe_group(node)
                                         : policy::rule::describe_entry(node)});
    }
    for (const Node& child : node.children) collect(child, out);
}

bool is_before(const CoveredBranch& a, const CoveredBranch& b) {
    return key_of(a.at, a.what) < key_of(b.at, b.what);
}

bool is_same(const CoveredBranch& a, const CoveredBranch& b) {
    return key_of(a.at, a.what) == key_of(b.at, b.what);
}

} // namespace

Coverage::Coverage(const policy::Snapshot& snapshot) {
    for (const config::Route& route : snapshot.model().routes)
        routes_.push_back({route.name, route.at, route.access == config::Access::everyone});
    for (const auto& route : snapshot.routes().routes())
        if (!route->rule.empty()) collect(*route->rule.root(), branches_);
    std::ranges::sort(branches_, is_before);
    const auto rest = std::ranges::unique(branches_, is_same);
    branches_.erase(rest.begin(), rest.end());
}

void Coverage::count(const Observed& observed, const policy::Trace& trace) {
    if (!observed.route) return;
    CoveredRoute& route = routes_[*observed.route];
    ++(observed.allowed ? route.allowed : route.refused);
    for (const policy::TraceStage& stage : trace.stages())
        if (stage.name == "decide") count(stage.steps);
}

void Coverage::count(const std::vector<policy::TraceStep>& steps) {
    for (const policy::TraceStep& step : steps) {
        count(step.steps);
        const CoveredBranch wanted{step.at, step.what};
        const auto found = std::ranges::lower_bound(branches_, wanted, is_before);
        if (found == branches_.end() || !is_same(*found, wanted)) continue;
        ++(step.held ? found->held : found->failed);
    }
}

std::size_t Coverage::possible() const {
    std::size_t count = 2 * branches_.size();
    for (const CoveredRoute& route : routes_) count += route.is_public ? 1 : 2;
    return count;
}

std::size_t Coverage::seen() const {
    std::size_t count = 0;
    for (const CoveredBranch& branch : branches_)
        count += std::size_t{branch.held > 0} + std::size_t{branch.failed > 0};
    for (const CoveredRoute& route : routes_) {
        count += std::size_t{route.allowed > 0};
        if (!route.is_public) count += std::size_t{route.refused > 0};
    }
    return count;
}

unsigned percent(std::size_t seen, std::size_t possible) {
    return possible == 0 ? 100 : static_cast<unsigned>(100 * seen / possible);
}

} // namespace gateway::cli::test
