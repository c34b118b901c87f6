#include "policy/rule/place.hpp"

#include "policy/rule/describe.hpp"
#include "policy/rule/node.hpp"

#include <algorithm>

namespace policy::rule {

namespace {

/// `node` is a rule that stands at `place`.
void add_places(const Node& node, const std::string& place, std::vector<std::string>& places) {
    for (const Node& entry : node.children) {
        const std::string here = place + "." + std::string(to_string(entry.entry->kind));
        places.push_back(here);
        for (std::size_t i = 0; i < entry.children.size(); ++i) {
            const bool is_policy = entry.entry->kind == config::EntryKind::policy;
            const std::string inner = is_policy ? "policies." + entry.entry->names.front()
                                                : here + "[" + std::to_string(i) + "]";
            add_places(entry.children[i], inner, places);
        }
    }
}

/// Counts entries in the same order until it meets the wanted one.
bool count_until(const Node& node, const config::Entry* wanted, std::size_t& index) {
    for (const Node& entry : node.children) {
        if (entry.entry == wanted) return true;
        ++index;
        if (std::ranges::any_of(entry.children,
                                [&](const Node& rule) { return count_until(rule, wanted, index); }))
            return true;
    }
    return false;
}

} // namespace

std::vector<std::string> places_of(const Rule& rule) {
    std::vector<std::string> places;
    if (rule.root()) add_places(*rule.root(), "access", places);
    return places;
}

std::optional<std::size_t> index_of(const Rule& rule, const config::Entry* entry) {
    std::size_t index = 0;
    if (!entry || !rule.root() || !count_until(*rule.root(), entry, index)) return std::nullopt;
    return index;
}

std::string place_of(const Rule& rule, const config::Entry* entry) {
    const auto index = index_of(rule, entry);
    return index ? places_of(rule)[*index] : std::string();
}

} // namespace policy::rule
