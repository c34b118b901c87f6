#pragma once

// Path patterns as a tree of segments. Every node is visited at most once in a search, whatever the
// path.

#include "policy/route/endpoint.hpp"
#include "policy/route/pattern.hpp"
#include "policy/route/table.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace policy::route {

class Trie {
public:
    Trie();

    /// The endpoint of this pattern, made when it is new. Valid until the next call.
    Endpoint& endpoint(const Pattern& pattern);
    /// After the last route: makes find() ready.
    void finish();

    Found find(std::string_view host, std::string_view method, std::string_view path) const;

private:
    static constexpr std::uint32_t none =
        0; ///< node 0 is the root, which is nobody's child; endpoint 0 is not used

    struct Node {
        std::vector<std::pair<std::string, std::uint32_t>>
            literals;                              ///< by size, then bytes, after finish()
        std::array<std::uint32_t, 3> parameters{}; ///< children for uuid, integer, plain
        std::uint32_t end = none;                  ///< endpoint of the paths that end here
        std::uint32_t rest = none;                 ///< endpoint of `**`
    };
    struct Search;

    std::uint32_t child(std::uint32_t node, const Segment& segment);
    std::uint32_t find_literal(const Node& node, std::string_view segment) const;
    bool accept(std::uint32_t endpoint, Search& search, std::size_t parameters) const;
    bool descend(std::uint32_t node, std::size_t at, std::size_t parameters, Search& search) const;

    std::vector<Node> nodes_;
    std::vector<Endpoint> endpoints_;
    std::unordered_map<std::string, std::uint32_t>
        building_; ///< parent and literal, until finish()
};

} // namespace policy::route
