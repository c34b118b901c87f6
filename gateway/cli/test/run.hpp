#pragma once

// Runs a case: the request is read by the parser of the data path and decided by admit(), and what
// came of it is held against what was expected.

#include "gateway/cli/test/case.hpp"
#include "policy/explain.hpp"
#include "policy/scratch.hpp"
#include "policy/snapshot.hpp"
#include "policy/token/proof_cache.hpp"
#include "policy/trace.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gateway::cli::test {

/// What a client and an upstream would see.
struct Observed {
    bool allowed = false; ///< it goes to the upstream, or is answered without a refusal
    policy::Reason reason = policy::Reason::internal_error;
    int status = 0;                   ///< 0: the upstream's
    std::optional<std::size_t> route; ///< index in Model::routes
    std::string upstream;
    std::vector<std::pair<std::string, std::string>> headers; ///< that the upstream gets
    std::string challenge;                                    ///< WWW-Authenticate
    policy::Reason shadow_reason = policy::Reason::allowed;   ///< of a route in shadow mode
    bool shadow_allowed = false; ///< what would come of it if all that is in shadow mode decided
};

/// Where expectation and outcome differ.
struct Difference {
    config::Position at;
    std::string what; ///< "status", "header x-customer"
    std::string expected, got;
};

class Runner {
public:
    Runner();

    /// `trace` may be nullptr. A proof that was seen once is good for every snapshot with the same
    /// keys.
    Observed run(const Case& test, const policy::Snapshot& snapshot, policy::Trace* trace);

private:
    policy::Scratch scratch_;
    policy::token::ProofCache proofs_;
};

/// Empty where the test passes.
std::vector<Difference> compare(const Case& test, const Observed& observed,
                                const config::Model& model);

/// Why it came to that, for a person who did not expect it.
policy::Explanation explain(const Case& test, const policy::Snapshot& snapshot);

} // namespace gateway::cli::test
