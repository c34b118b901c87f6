#pragma once

// Which routes the tests reached, and what each entry and condition of their rules came to. Counted
// by place in the configuration: a policy's lines count once, whichever route uses them. Fed by the
// trace that explain uses, so the request path pays nothing.

#include "gateway/cli/test/run.hpp"
#include "policy/snapshot.hpp"
#include "policy/trace.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace gateway::cli::test {

struct CoveredRoute {
    std::string name;
    config::Position at;
    bool is_public = false; ///< nothing to refuse
    std::size_t allowed = 0, refused = 0;
};

/// An entry, a condition or a group of a rule.
struct CoveredBranch {
    config::Position at;
    std::string what; ///< as in an explanation: "scopes", "claims.sub equals", "any"
    std::size_t held = 0, failed = 0;
};

class Coverage {
public:
    explicit Coverage(const policy::Snapshot& snapshot);

    void count(const Observed& observed, const policy::Trace& trace);

    const std::vector<CoveredRoute>& routes() const { return routes_; }
    /// In the order of the file.
    const std::vector<CoveredBranch>& branches() const { return branches_; }

    /// Outcomes: allowed and refused for a route (reached for a public one), true and false for a
    /// branch.
    std::size_t possible() const;
    std::size_t seen() const;

private:
    void count(const std::vector<policy::TraceStep>& steps);

    std::vector<CoveredRoute> routes_;
    std::vector<CoveredBranch> branches_;
};

/// In percent, rounded down; 100 where there is nothing to cover.
unsigned percent(std::size_t seen, std::size_t possible);

} // namespace gateway::cli::test
