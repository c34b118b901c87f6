#include "gateway/cli/test/mutation.hpp"

#include <algorithm>

namespace gateway::cli::test {
namespace {

constexpr std::size_t progress_step = 64;

/// Takes headers from requests as `model` does, and no request that the tests make: RFC 2606 keeps
/// `invalid` free of hosts.
config::Route header_keeper(const config::Model& model) {
    config::Route keeper;
    keeper.name = "(headers of other routes)";
    keeper.path = "/**";
    keeper.hosts = {"headers.claimgate.invalid"};
    keeper.upstream = model.upstreams.front().name;
    keeper.access = config::Access::everyone;
    for (const config::Route& route : model.routes)
        for (const config::ForwardHeader& header : route.forward.headers)
            keeper.forward.headers.push_back({header.at, header.name, "x"});
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    std::ranges::sort(keeper.forward.headers, by_name);
    const auto rest = std::ranges::unique(keeper.forward.headers, {}, &config::ForwardHeader::name);
    keeper.forward.headers.erase(rest.begin(), rest.end());
    return keeper;
}

class Check {
public:
    Check(const ProjectOutcome& tests, const Progress& progress)
        : tests_(tests), project_(*tests.project), progress_(progress), model_(project_.model()) {
        for (const config::Route& route : model_.routes)
            has_headers_ = has_headers_ || !route.forward.headers.empty();
        if (has_headers_) keeper_ = header_keeper(model_);
        frame_ = model_;
        frame_.routes.clear();
    }

    MutationOutcome run() {
        MutationOutcome outcome;
        outcome.project = &project_;
        std::size_t all = 0, done = 0;
        for_each_mutant(model_, [&](const Mutant&) { ++all; });
        for_each_mutant(model_, [&](const Mutant& mutant) {
            if (done % progress_step == 0) progress_(done, all);
            ++done;
            const auto snapshot = compile(mutant);
            if (!snapshot) return;
            if (is_noticed(mutant, *snapshot))
                ++outcome.noticed;
            else
                outcome.survivors.push_back(mutant);
        });
        progress_(all, all);
        std::ranges::stable_sort(outcome.survivors, {},
                                 [](const Mutant& mutant) { return mutant.at.line; });
        return outcome;
    }

private:
    /// Where no other route can come to see a request of the tests, only the mutant's routes are
    /// compiled: the time for a mutant does not grow with the configuration.
    std::shared_ptr<const policy::Snapshot> compile(const Mutant& mutant) const {
        config::Problems ignored;
        if (mutant.routing) return project_.rehearsal->compile(model_, ignored);
        config::Model small = frame_;
        small.policies = model_.policies;
        for (const std::size_t route : mutant.routes) small.routes.push_back(model_.routes[route]);
        if (has_headers_) small.routes.push_back(keeper_);
        return project_.rehearsal->compile(std::move(small), ignored);
    }

    bool is_noticed(const Mutant& mutant, const policy::Snapshot& snapshot) {
        return std::ranges::any_of(tests_.cases, [&](const CaseOutcome& result) {
            if (result.test->own_keys || !concerns(mutant, result.observed)) return false;
            const Observed observed = runner_.run(*result.test, snapshot, nullptr);
            return !compare(*result.test, observed, snapshot.model()).empty();
        });
    }

    static bool concerns(const Mutant& mutant, const Observed& observed) {
        if (mutant.routing) return true;
        return observed.route &&
               std::ranges::find(mutant.routes, *observed.route) != mutant.routes.end();
    }

    const ProjectOutcome& tests_;
    const Project& project_;
    const Progress& progress_;
    config::Model model_; ///< changed and changed back
    config::Model frame_; ///< everything but routes
    config::Route keeper_;
    bool has_headers_ = false;
    Runner runner_;
};

} // namespace

MutationOutcome check_mutants(const ProjectOutcome& tests, const Progress& progress) {
    return Check(tests, progress).run();
}

} // namespace gateway::cli::test
