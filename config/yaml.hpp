#pragma once

// YAML text to a tree of our own. The only user of yaml-cpp, whose types and exceptions stay in
// yaml.cpp.
//
// The tree is a tree: anchors, aliases, merge keys, tags, a second document, and a key twice are
// errors. It keeps what a decoder needs to be strict: where each key and value stands, and whether
// a scalar was quoted.

#include "config/error.hpp"
#include "config/model.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace config {

constexpr std::size_t max_file_bytes = std::size_t{4} << 20;
constexpr std::size_t max_nesting = 64;
constexpr std::size_t max_nodes =
    100'000; ///< scalars, lists and mappings; a key belongs to its value

enum class NodeKind {
    nothing, ///< no value, or a plain null or ~
    scalar,
    sequence,
    mapping,
    refused ///< an error was already reported here: readers take it for any kind, and stay silent
};

struct Member;

struct Node {
    Position at; ///< of nothing at all: where its key stands
    NodeKind kind = NodeKind::nothing;
    bool quoted = false;   ///< a scalar in quotes, or a block
    bool replaced = false; ///< holds the value of a variable, which no message may show
    std::string
        text; ///< scalar: its value; nothing: as written, so empty where there is nothing at all
    std::vector<Node> items;
    std::vector<Member> members; ///< in the order of the file; keys are unique
};

struct Member {
    Position at; ///< of the key
    std::string key;
    Node value;
};

/// The root of the one document in `text`. Nothing when the text is no YAML or beyond the bounds
/// above; errors that leave a tree to read on with (a key twice, a tag) are reported and the tree
/// is given all the same. Does not throw.
std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Problems& problems);

} // namespace config
