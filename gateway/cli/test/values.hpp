#pragma once

// Values that operands ask for: templates are filled with what the sketch has, and the sketch gets
// what they need.

#include "gateway/cli/test/sketch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gateway::cli::test {

/// What all conditions on one subject ask for.
struct Wanted {
    std::optional<config::Scalar> value;
    std::vector<config::Scalar> list; ///< elements of an array
    std::string prefix, suffix;
    std::optional<config::Scalar> other_than;
    std::optional<bool> exists;

    /// True where the subject need not be there, or must not.
    bool is_nothing() const;
    /// One value that is all of it, where there is one.
    config::Scalar scalar() const;
};

class Values {
public:
    /// Both outlive it.
    Values(const config::Route& route, Sketch& sketch);

    /// The claim at a path of the configuration; made where it is missing.
    Tree& claim(const std::string& path);
    /// An operand as it will be compared.
    config::Scalar value(const config::Scalar& operand);

private:
    std::string text(const std::string& written);
    std::string claim_text(const std::vector<std::string>& steps);

    const config::Route& route_;
    Sketch& sketch_;
    std::vector<std::string> parameters_;
};

} // namespace gateway::cli::test
