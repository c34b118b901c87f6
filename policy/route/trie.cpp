#include "policy/route/trie.hpp"

#include <algorithm>

namespace policy::route {

namespace {

/// Shorter first: most comparisons then end at the size.
constexpr auto shorter = [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
};

bool fits(Segment::Kind kind, std::string_view segment) {
    switch (kind) {
    case Segment::Kind::uuid: return is_uuid(segment);
    case Segment::Kind::integer: return is_integer(segment);
    default: return !segment.empty();
    }
}

constexpr std::array parameter_kinds = {Segment::Kind::uuid, Segment::Kind::integer,
                                        Segment::Kind::plain};

std::size_t parameter_index(Segment::Kind kind) {
    return static_cast<std::size_t>(std::ranges::find(parameter_kinds, kind) -
                                    parameter_kinds.begin());
}

} // namespace

struct Trie::Search {
    std::string_view host, method, path;
    Found found;
};

Trie::Trie() : nodes_(1), endpoints_(1) {}

std::uint32_t Trie::child(std::uint32_t node, const Segment& segment) {
    const auto next = static_cast<std::uint32_t>(nodes_.size());
    if (segment.kind != Segment::Kind::literal) {
        auto& slot = nodes_[node].parameters[parameter_index(segment.kind)];
        if (slot != none) return slot;
        slot = next;
        nodes_.emplace_back();
        return next;
    }
    const auto [known, fresh] =
        building_.try_emplace(std::to_string(node) + '/' + segment.text, next);
    if (!fresh) return known->second;
    nodes_[node].literals.emplace_back(segment.text, next);
    nodes_.emplace_back();
    return next;
}

Endpoint& Trie::endpoint(const Pattern& pattern) {
    std::uint32_t node = 0;
    bool rest = false;
    for (const Segment& segment : pattern.segments) {
        rest = segment.kind == Segment::Kind::rest;
        if (!rest) node = child(node, segment);
    }
    std::uint32_t& slot = rest ? nodes_[node].rest : nodes_[node].end;
    if (slot == none) {
        slot = static_cast<std::uint32_t>(endpoints_.size());
        endpoints_.emplace_back();
    }
    return endpoints_[slot];
}

void Trie::finish() {
    building_.clear();
    for (Node& node : nodes_)
        std::ranges::sort(node.literals, shorter,
                          [](const auto& l) { return std::string_view(l.first); });
    for (Endpoint& endpoint : endpoints_) endpoint.finish();
}

std::uint32_t Trie::find_literal(const Node& node, std::string_view segment) const {
    const auto found = std::ranges::lower_bound(
        node.literals, segment, shorter, [](const auto& l) { return std::string_view(l.first); });
    return found != node.literals.end() && found->first == segment ? found->second : none;
}

bool Trie::accept(std::uint32_t endpoint, Search& search, std::size_t parameters) const {
    if (endpoint == none) return false;
    const auto choice = endpoints_[endpoint].find(search.host, search.method);
    if (!choice) return false;
    search.found.route = choice->route;
    search.found.allow = choice->allow;
    search.found.parameters.size = parameters;
    return true;
}

bool Trie::descend(std::uint32_t index, std::size_t at, std::size_t parameters,
                   Search& search) const {
    const Node& node = nodes_[index];
    if (at > search.path.size())
        return accept(node.end, search, parameters) || accept(node.rest, search, parameters);
    const std::size_t end = std::min(search.path.find('/', at), search.path.size());
    const std::string_view segment = search.path.substr(at, end - at);
    if (const auto literal = find_literal(node, segment); literal != none)
        if (descend(literal, end + 1, parameters, search)) return true;
    for (std::size_t i = 0; i < parameter_kinds.size(); ++i) {
        if (node.parameters[i] == none || !fits(parameter_kinds[i], segment)) continue;
        search.found.parameters.values[parameters] = segment;
        if (descend(node.parameters[i], end + 1, parameters + 1, search)) return true;
    }
    return accept(node.rest, search, parameters);
}

Found Trie::find(std::string_view host, std::string_view method, std::string_view path) const {
    Search search{host, method, path, {}};
    if (!descend(0, 1, 0, search)) return {};
    return search.found;
}

} // namespace policy::route
