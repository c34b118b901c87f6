#pragma once

// Mutants: a configuration with one decision in it changed, as somebody might by mistake. A test
// suite that is worth its name notices each of them.

#include "config/model.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace gateway::cli::test {

struct Mutant {
    config::Position at;
    std::string change; ///< "without scopes", "not claims.sub equals", "access: public"
    std::vector<std::size_t> routes; ///< whose decisions may differ, by index in Model::routes
    bool routing = false; ///< which route takes a request may differ too: all tests are concerned
};

/// Calls `visit` for each mutant, while `model` is changed in that way; it is as before afterwards.
/// Entries, conditions, names and operands are left out or negated, `all` and `any` are swapped,
/// and routes lose their access, issuers, methods, hosts and headers. Rules and routes in shadow
/// mode decide nothing and stay as they are, as do policies that no route uses.
void for_each_mutant(config::Model& model, const std::function<void(const Mutant&)>& visit);

} // namespace gateway::cli::test
