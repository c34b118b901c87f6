#pragma once

// Claims that are being made up: a tree that grows by paths, and is written as YAML.

#include "config/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gateway::cli::test {

struct Tree {
    enum class Kind { object, list, scalar };
    Kind kind = Kind::object;
    config::Scalar scalar;
    std::vector<std::string> names; ///< of an object's children
    std::vector<Tree> children;

    bool empty() const { return kind != Kind::scalar && children.empty(); }

    /// The value at the path, or nullptr.
    const Tree* find(const std::vector<std::string>& steps) const;
    /// The same, made where it is missing. What stands in the way is lost.
    Tree& make(const std::vector<std::string>& steps);

    void set(config::Scalar value);
    /// Adds to a list, and makes one of anything else; a value twice is there once.
    void add(config::Scalar value);
};

/// In one line, as it stands inside braces.
std::string to_yaml(const Tree& tree);
/// A text as YAML that is read as this text, with quotes where they are needed.
std::string yaml_text(std::string_view text);
std::string to_yaml(const config::Scalar& scalar);

/// What it looks like in a path or a header.
std::string plain_text(const config::Scalar& scalar);

} // namespace gateway::cli::test
