#pragma once

// Makes up claims and a request that satisfy a rule, or all of it but one part. A guess, made from
// what the rule says: whoever asks tries it out.

#include "config/model.hpp"
#include "gateway/cli/test/sketch.hpp"

#include <cstddef>

namespace gateway::cli::test {

/// A part of a rule that is left out on purpose, so that the rule is not satisfied.
struct Omission {
    const config::Entry* entry = nullptr;
    const std::string* name = nullptr;            ///< only this one of its names
    const config::Condition* condition = nullptr; ///< only this one of its conditions
    std::string what;                             ///< "scopes", "claims.sub equals"
};

/// Fills `sketch` so that `rule` holds. `attempt` says which alternative is taken where there are
/// several. An omitted `none` is made to fail.
void solve(const config::Rule& rule, const config::Model& model, const config::Route& route,
           std::size_t attempt, const Omission& omission, Sketch& sketch);

/// The parts of `rule` without which it could not hold: everything outside `any`.
std::vector<Omission> omissions_of(const config::Rule& rule, const config::Model& model);

/// How many alternatives the widest `any` or list of values in `rule` has.
std::size_t alternatives_of(const config::Rule& rule, const config::Model& model);

} // namespace gateway::cli::test
