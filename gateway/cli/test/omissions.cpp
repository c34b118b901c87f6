#include "gateway/cli/test/solve.hpp"
#include "policy/rule/describe.hpp"

#include <algorithm>

namespace gateway::cli::test {
namespace {

using config::Condition;
using config::Entry;
using config::EntryKind;
using config::Match;
using config::Rule;

constexpr int max_depth = 32;
constexpr std::size_t most_alternatives = 5;

const Rule* rule_of(const Entry& entry, const config::Model& model) {
    const auto policy =
        std::ranges::find(model.policies, entry.names.front(), &config::Policy::name);
    return policy == model.policies.end() ? nullptr : &policy->rule;
}

class Collector {
public:
    explicit Collector(const config::Model& model) : model_(model) {}

    void collect(const Rule& rule, int depth) {
        if (rule.shadow || depth == max_depth) return;
        for (const Entry& entry : rule.entries) {
            const std::string kind(policy::rule::to_string(entry.kind));
            if (entry.kind == EntryKind::all) {
                for (const Rule& inner : entry.rules) collect(inner, depth + 1);
            } else if (entry.kind == EntryKind::policy) {
                if (const Rule* policy = rule_of(entry, model_)) collect(*policy, depth + 1);
            } else if (!entry.matches.empty()) {
                collect_conditions(entry, kind);
            } else {
                collect_names(entry, kind);
            }
        }
    }

    std::vector<Omission> take() { return std::move(found_); }

private:
    void collect_names(const Entry& entry, const std::string& kind) {
        found_.push_back({&entry, nullptr, nullptr, kind});
        // One of several alternatives can be missing and nothing follows.
        const bool all_are_needed = entry.kind == EntryKind::scopes ||
                                    entry.kind == EntryKind::roles ||
                                    entry.kind == EntryKind::groups;
        if (!all_are_needed || entry.names.size() < 2) return;
        for (const std::string& name : entry.names)
            found_.push_back({&entry, &name, nullptr, kind + ' ' + name});
    }

    void collect_conditions(const Entry& entry, const std::string& kind) {
        for (const Match& match : entry.matches)
            for (const Condition& condition : match.conditions)
                found_.push_back({&entry, nullptr, &condition,
                                  kind + '.' + match.subject + ' ' +
                                      std::string(policy::rule::to_string(condition.op))});
    }

    const config::Model& model_;
    std::vector<Omission> found_;
};

std::size_t widest(const Rule& rule, const config::Model& model, int depth) {
    std::size_t most = 1;
    if (rule.shadow || depth == max_depth) return most;
    for (const Entry& entry : rule.entries) {
        const bool has_choice = entry.kind == EntryKind::any_scope ||
                                entry.kind == EntryKind::acr || entry.kind == EntryKind::source;
        if (has_choice) most = std::max(most, entry.names.size());
        if (entry.kind == EntryKind::any) most = std::max(most, entry.rules.size());
        if (entry.kind == EntryKind::any || entry.kind == EntryKind::all)
            for (const Rule& inner : entry.rules)
                most = std::max(most, widest(inner, model, depth + 1));
        if (entry.kind == EntryKind::policy)
            if (const Rule* policy = rule_of(entry, model))
                most = std::max(most, widest(*policy, model, depth + 1));
        for (const Match& match : entry.matches)
            for (const Condition& condition : match.conditions)
                if (condition.op == config::Operator::one_of)
                    most = std::max(most, condition.operands.size());
    }
    return std::min(most, most_alternatives);
}

} // namespace

std::vector<Omission> omissions_of(const Rule& rule, const config::Model& model) {
    Collector collector(model);
    collector.collect(rule, 0);
    return collector.take();
}

std::size_t alternatives_of(const Rule& rule, const config::Model& model) {
    return widest(rule, model, 0);
}

} // namespace gateway::cli::test
