// Rules whose outcome no request changes. An entry that never holds makes everything around it
// false, or an alternative dead; a rule that always holds lets everybody in, or shuts everybody out
// under `none`. An entry that always holds beside others that decide harms nobody, and is not told.

#include "policy/review/families.hpp"
#include "policy/review/same.hpp"
#include "policy/review/values.hpp"
#include "policy/rule/node.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace policy::review {

namespace {

using config::EntryKind;
using rule::NamedMatcher;
using rule::Node;

enum class Fixed { open, always, never };

/// What must hold together: the entries of a rule, and those of the rules and policies inside it.
struct Together {
    std::map<std::pair<NamedMatcher::Source, std::string_view>, Values> values;
    std::vector<const config::Entry*> entries;
};

class Verdicts {
public:
    Verdicts(Review& review, const route::Route& route) : review_(review), route_(route) {}

    void look(const Node& root) {
        Together together;
        const std::size_t told = review_.problems.size();
        const Fixed fixed = conjunction(root, together);
        // Where it is so because of a part that was told, the whole is no second mistake.
        if (fixed == Fixed::always && review_.problems.size() == told)
            always(root, "so it asks for no more than `authenticated`");
    }

private:
    Fixed judge(const Node& node, Together& together);
    Fixed conjunction(const Node& node, Together& together);
    Fixed any(const Node& node);
    Fixed none(const Node& node, Together& together);
    Fixed leaf(const Node& node, Together& together);
    Fixed issuer(const Node& node);
    Fixed matchers(const Node& node, Together& together);

    Fixed never(config::Position at, const std::string& why) {
        review_.warn(at, "rule_always_false", "this never holds: " + why,
                     "change it, or remove what depends on it");
        return Fixed::never;
    }
    void always(const Node& node, const std::string& consequence) {
        review_.warn(node.at, "rule_always_true",
                     "this holds for every token that is accepted here, " + consequence,
                     "ask for something that tokens differ in, or remove it");
    }

    Review& review_;
    const route::Route& route_;
};

Fixed Verdicts::judge(const Node& node, Together& together) {
    if (!node.entry) return conjunction(node, together);
    switch (node.entry->kind) {
    case EntryKind::all:
    case EntryKind::policy: return conjunction(node, together);
    case EntryKind::any: return any(node);
    case EntryKind::none: return none(node, together);
    default: return leaf(node, together);
    }
}

Fixed Verdicts::conjunction(const Node& node, Together& together) {
    Fixed result = Fixed::always;
    for (const Node& child : node.children) {
        if (child.shadow) continue;
        const Fixed fixed = judge(child, together);
        if (fixed == Fixed::never || result == Fixed::never)
            result = Fixed::never;
        else if (fixed == Fixed::open)
            result = Fixed::open;
    }
    return result;
}

Fixed Verdicts::any(const Node& node) {
    Fixed result = Fixed::never;
    for (const Node& child : node.children) {
        if (child.shadow) continue;
        Together own;
        const Fixed fixed = judge(child, own);
        if (fixed == Fixed::always) {
            always(child, "so the other rules of this `any` decide nothing");
            result = Fixed::always;
        } else if (fixed == Fixed::open && result == Fixed::never) {
            result = Fixed::open;
        }
    }
    return result;
}

Fixed Verdicts::none(const Node& node, Together& together) {
    Fixed result = Fixed::always;
    for (const Node& child : node.children) {
        if (child.shadow) continue;
        Together own;
        const Fixed fixed = judge(child, own);
        const bool is_contradiction =
            child.children.size() == 1 && child.children[0].entry &&
            std::ranges::any_of(together.entries, [&](const config::Entry* entry) {
                return is_same(*entry, *child.children[0].entry);
            });
        if (is_contradiction) return never(child.at, "the same is asked for beside this `none`");
        if (fixed == Fixed::always) {
            always(child, "so this `none` never holds");
            return Fixed::never;
        }
        if (fixed == Fixed::open) result = Fixed::open;
    }
    return result;
}

Fixed Verdicts::leaf(const Node& node, Together& together) {
    together.entries.push_back(node.entry);
    switch (node.entry->kind) {
    case EntryKind::issuer: return issuer(node);
    case EntryKind::claims:
    case EntryKind::request: return matchers(node, together);
    case EntryKind::source: {
        const auto is_everything = [](const Network& network) { return network.prefix == 0; };
        return std::ranges::any_of(node.networks, is_everything) ? Fixed::always : Fixed::open;
    }
    default: return Fixed::open;
    }
}

Fixed Verdicts::issuer(const Node& node) {
    if (!is_accepted(route_, node.issuer))
        return never(node.at, "the route does not accept tokens of this issuer");
    for (std::size_t i = 0; i < review_.model.issuers.size(); ++i)
        if (i != node.issuer && is_accepted(route_, i)) return Fixed::open;
    return Fixed::always;
}

Fixed Verdicts::matchers(const Node& node, Together& together) {
    Fixed result = Fixed::always;
    for (const NamedMatcher& matcher : node.matchers) {
        const config::Match& settings = *matcher.settings;
        const bool is_promised = matcher.source == NamedMatcher::Source::claim &&
                                 matcher.claim.steps.size() == 1 &&
                                 is_always_there(review_, route_, matcher.claim.steps[0]);
        Values& values = together.values[{matcher.source, settings.subject}];
        const bool was_empty = values.is_empty();
        for (const config::Condition& condition : settings.conditions) {
            values.narrow(condition);
            const bool asks_presence = condition.op == config::Operator::exists;
            const bool* there =
                asks_presence ? std::get_if<bool>(&condition.operands.front().value) : nullptr;
            if (is_promised && there && !*there)
                return never(condition.at, "every accepted token holds this claim");
            if (!is_promised || !there) result = Fixed::open;
        }
        if (values.is_empty() && !was_empty)
            return never(settings.at, "no value fits everything that is asked of `" +
                                          settings.subject + "` here");
    }
    return result;
}

} // namespace

void review_verdicts(Review& review) {
    for (const auto& route : review.snapshot.routes().routes())
        if (const Node* root = route->rule.root()) Verdicts(review, *route).look(*root);
}

} // namespace policy::review
