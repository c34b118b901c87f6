#pragma once

// Conditions on one subject that no value can fulfil together: a mistake, never a rule. Only what
// is certain is found: a template may become anything.

#include "config/error.hpp"
#include "config/model.hpp"

#include <optional>
#include <string>

namespace policy::rule {

struct Contradiction {
    config::Position at;
    std::string message;
};

/// The operands must be of the types that their operators take.
std::optional<Contradiction> find_contradiction(const config::Match& match);

} // namespace policy::rule
