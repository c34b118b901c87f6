#include "gateway/cli/test/mutants.hpp"

#include "policy/rule/describe.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace gateway::cli::test {
namespace {

using config::Access;
using config::Condition;
using config::Entry;
using config::EntryKind;
using config::Match;
using config::Rule;

std::string name_of(EntryKind kind) { return std::string(policy::rule::to_string(kind)); }

std::string name_of(const Entry& entry) {
    const bool has_one = entry.kind == EntryKind::policy || entry.kind == EntryKind::issuer ||
                         entry.kind == EntryKind::client;
    if (entry.matches.size() == 1) return name_of(entry.kind) + '.' + entry.matches[0].subject;
    return name_of(entry.kind) + (has_one && !entry.names.empty() ? ' ' + entry.names[0] : "");
}

template <class T> std::vector<T> without(std::vector<T> all, std::size_t index) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
    return all;
}

/// The rule as the only one of `none`.
Entry none_of(const Entry& entry) {
    Entry none{.at = entry.at, .kind = EntryKind::none};
    none.rules.push_back({.at = entry.at, .entries = {entry}});
    return none;
}

class Mutator {
public:
    Mutator(config::Model& model, const std::function<void(const Mutant&)>& visit)
        : model_(model), visit_(visit) {}

    void walk() {
        for (std::size_t i = 0; i < model_.routes.size(); ++i) {
            config::Route& route = model_.routes[i];
            if (route.shadow) continue;
            routes_ = {i};
            change_route(route);
            if (route.access == Access::rule) change_rule(route.rule);
        }
        for (config::Policy& policy : model_.policies) {
            routes_ = users_of(policy.name);
            if (!routes_.empty()) change_rule(policy.rule);
        }
    }

private:
    /// Lets the mutant be seen while `changed` stands in `place`.
    template <class T>
    void change(T& place, T changed, config::Position at, std::string what, bool routing = false) {
        std::swap(place, changed);
        visit_({at, std::move(what), routes_, routing});
        std::swap(place, changed);
    }

    void change_route(config::Route& route);
    void change_rule(Rule& rule);
    void change_entry(Rule& rule, std::size_t index);
    void change_names(Entry& entry);
    void change_group(Entry& entry);
    void change_matches(Rule& rule, std::size_t index);
    void change_operands(Condition& condition, const std::string& what);
    void change_condition(Rule& rule, std::size_t index, std::size_t match, std::size_t condition,
                          const std::string& what);

    std::vector<std::size_t> users_of(const std::string& policy) const;
    bool uses(const Rule& rule, const std::string& policy, std::set<std::string>& seen) const;

    config::Model& model_;
    const std::function<void(const Mutant&)>& visit_;
    std::vector<std::size_t> routes_;
};

void Mutator::change_route(config::Route& route) {
    const config::Position at = route.at;
    if (route.access != Access::authenticated)
        change(route.access, Access::authenticated, at, "access: authenticated");
    if (route.access != Access::everyone)
        change(route.access, Access::everyone, at, "access: public");
    if (!route.issuers.empty() && route.issuers.size() < model_.issuers.size())
        change(route.issuers, {}, at, "tokens of every issuer");
    if (!route.methods.empty()) change(route.methods, {}, at, "every method", true);
    if (!route.hosts.empty()) change(route.hosts, {}, at, "every host", true);
    auto& headers = route.forward.headers;
    for (std::size_t i = 0; i < headers.size(); ++i)
        change(headers, without(headers, i), headers[i].at,
               "without the header " + headers[i].name);
}

void Mutator::change_rule(Rule& rule) {
    if (rule.shadow) return;
    for (std::size_t i = 0; i < rule.entries.size(); ++i) change_entry(rule, i);
}

void Mutator::change_entry(Rule& rule, std::size_t index) {
    const Entry& entry = rule.entries[index];
    // Without its only entry a rule always holds: that is another mutant, of its route or its list.
    if (rule.entries.size() > 1)
        change(rule.entries, without(rule.entries, index), entry.at, "without " + name_of(entry));
    Entry negated = none_of(entry);
    if (entry.kind == EntryKind::none) {
        negated = entry;
        negated.kind = EntryKind::any;
    }
    change(rule.entries[index], std::move(negated), entry.at, "not " + name_of(entry));
    switch (entry.kind) {
    case EntryKind::claims:
    case EntryKind::request: return change_matches(rule, index);
    case EntryKind::all:
    case EntryKind::any:
    case EntryKind::none: return change_group(rule.entries[index]);
    default: return change_names(rule.entries[index]);
    }
}

void Mutator::change_names(Entry& entry) {
    if (entry.names.size() < 2) return;
    for (std::size_t i = 0; i < entry.names.size(); ++i)
        change(entry.names, without(entry.names, i), entry.at,
               name_of(entry.kind) + " without " + entry.names[i]);
    if (entry.kind == EntryKind::scopes)
        change(entry.kind, EntryKind::any_scope, entry.at, "any_scope instead of scopes");
    else if (entry.kind == EntryKind::any_scope)
        change(entry.kind, EntryKind::scopes, entry.at, "scopes instead of any_scope");
}

void Mutator::change_group(Entry& entry) {
    if (entry.rules.size() > 1) {
        if (entry.kind == EntryKind::all)
            change(entry.kind, EntryKind::any, entry.at, "any instead of all");
        else if (entry.kind == EntryKind::any)
            change(entry.kind, EntryKind::all, entry.at, "all instead of any");
        for (std::size_t i = 0; i < entry.rules.size(); ++i)
            if (!entry.rules[i].shadow)
                change(entry.rules, without(entry.rules, i), entry.rules[i].at,
                       name_of(entry.kind) + " without this rule");
    }
    for (Rule& rule : entry.rules) change_rule(rule);
}

void Mutator::change_matches(Rule& rule, std::size_t index) {
    std::size_t conditions = 0;
    for (const Match& match : rule.entries[index].matches) conditions += match.conditions.size();
    const std::string kind = name_of(rule.entries[index].kind);
    for (std::size_t m = 0; m < rule.entries[index].matches.size(); ++m) {
        Match& match = rule.entries[index].matches[m];
        for (std::size_t c = 0; c < match.conditions.size(); ++c) {
            const std::string what = kind + '.' + match.subject + ' ' +
                                     std::string(policy::rule::to_string(match.conditions[c].op));
            change_operands(match.conditions[c], what);
            // A condition alone is its entry, which was changed already.
            if (conditions > 1) change_condition(rule, index, m, c, what);
        }
    }
}

void Mutator::change_operands(Condition& condition, const std::string& what) {
    if (condition.operands.size() < 2) return;
    for (std::size_t i = 0; i < condition.operands.size(); ++i)
        change(condition.operands, without(condition.operands, i), condition.operands[i].at,
               what + " without one of its values");
}

/// Left out; and, negated, as an entry of its own.
void Mutator::change_condition(Rule& rule, std::size_t index, std::size_t match,
                               std::size_t condition, const std::string& what) {
    const Match whole = rule.entries[index].matches[match];
    const config::Position at = whole.conditions[condition].at;
    std::vector<Match> rest = rule.entries[index].matches;
    if (whole.conditions.size() > 1)
        rest[match].conditions = without(whole.conditions, condition);
    else
        rest = without(rest, match);
    change(rule.entries[index].matches, rest, at, "without " + what);

    Entry alone = rule.entries[index];
    alone.matches = {whole};
    alone.matches[0].conditions = {whole.conditions[condition]};
    std::vector<Entry> entries = rule.entries;
    entries[index].matches = rest;
    entries.push_back(none_of(alone));
    change(rule.entries, std::move(entries), at, "not " + what);
}

std::vector<std::size_t> Mutator::users_of(const std::string& policy) const {
    std::vector<std::size_t> users;
    for (std::size_t i = 0; i < model_.routes.size(); ++i) {
        std::set<std::string> seen;
        const config::Route& route = model_.routes[i];
        if (route.access == Access::rule && !route.shadow && uses(route.rule, policy, seen))
            users.push_back(i);
    }
    return users;
}

bool Mutator::uses(const Rule& rule, const std::string& policy, std::set<std::string>& seen) const {
    for (const Entry& entry : rule.entries) {
        for (const Rule& inner : entry.rules)
            if (uses(inner, policy, seen)) return true;
        if (entry.kind != EntryKind::policy || entry.names.empty()) continue;
        const std::string& name = entry.names.front();
        if (name == policy) return true;
        if (!seen.insert(name).second) continue;
        const auto other = std::ranges::find(model_.policies, name, &config::Policy::name);
        if (other != model_.policies.end() && uses(other->rule, policy, seen)) return true;
    }
    return false;
}

} // namespace

void for_each_mutant(config::Model& model, const std::function<void(const Mutant&)>& visit) {
    Mutator(model, visit).walk();
}

} // namespace gateway::cli::test
