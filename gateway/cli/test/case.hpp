#pragma once

// A policy test that is ready to run: its token is signed, and the names in it are known to exist.

#include "config/suite/suite.hpp"
#include "gateway/cli/explain_request.hpp"
#include "policy/clock.hpp"
#include "policy/reason.hpp"
#include "policy/rehearsal.hpp"

#include <optional>
#include <vector>

namespace gateway::cli::test {

struct Case {
    const config::suite::Suite* suite = nullptr;
    const config::suite::Test* settings = nullptr;
    RequestOptions request; ///< with its token
    policy::TimePoint at{};
    std::optional<policy::Reason> reason; ///< what `expect: { reason: }` names
    bool own_keys = false; ///< a whole token: it is held against the keys of the configuration
};

/// When tests take place that do not say when: 2026-01-01T12:00:00Z, so that no test grows old.
inline constexpr policy::TimePoint default_time{std::chrono::seconds{1'767'268'800}};

/// The tests of a suite as cases, in their order. Names that the configuration does not have and
/// values that cannot be are added to `problems`. The cases point into `suite`.
std::vector<Case> make_cases(const config::suite::Suite& suite, const policy::Rehearsal& rehearsal,
                             config::Problems& problems);

} // namespace gateway::cli::test
