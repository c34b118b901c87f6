#include "policy/rule/place.hpp"

#include "policy/rule/describe.hpp"
#include "policy/rule/node.hpp"

namespace policy::rule {

namespace {

/// `node` is a rule that stands at `place`.
std::string find(const Node& node, const std::string& place, const config::Entry* wanted) {
    for (const Node& entry : node.children) {
        const std::string here = place + "." + std::string(to_string(entry.entry->kind));
        if (entry.entry == wanted) return here;
        for (std::size_t i = 0; i < entry.children.size(); ++i) {
            const bool is_policy = entry.entry->kind == config::EntryKind::policy;
            const std::string inner = is_policy ? "policies." + entry.entry->names.front()
                                                : here + "[" + std::to_string(i) + "]";
            if (std::string found = find(entry.children[i], inner, wanted); !found.empty())
                return found;
        }
    }
    return {};
}

} // namespace

std::string place_of(const Rule& rule, const config::Entry* entry) {
    return rule.root() && entry ? find(*rule.root(), "access", entry) : std::string();
}

} // namespace policy::rule
