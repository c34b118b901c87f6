#include "tests/support/oracle/compare.hpp"

#include "policy/trace.hpp"
#include "tests/support/oracle/evaluate.hpp"
#include "tests/support/rules.hpp"

namespace support::oracle {
namespace {

/// Values hold no byte that a query would have to escape, but for the comma, which stands for
/// itself.
std::string target_of(const Situation& situation) {
    std::string target = '/' + situation.customer + "/x";
    char separator = '?';
    for (const auto& [name, value] : situation.query) {
        target += separator + name + '=' + value;
        separator = '&';
    }
    return target;
}

bool is_allowed(const policy::rule::Verdict& verdict) {
    return verdict.reason == policy::Reason::allowed;
}

/// A rule of one entry for each leaf of `rule`: where a group hides a leaf's mistake, this shows
/// it.
void collect_leaves(const config::Rule& rule, std::vector<config::Rule>& out) {
    for (const config::Entry& entry : rule.entries) {
        if (entry.rules.empty()) out.push_back(support::rule({entry}));
        for (const config::Rule& inner : entry.rules) collect_leaves(inner, out);
    }
}

Comparison compare(const config::Rule& rule, const Situation& situation, Scene& scene) {
    config::Problems problems;
    const auto compiled = policy::rule::Rule::compile(rule, scene.admission().snapshot.model(),
                                                      {"customer"}, problems);
    if (config::has_errors(problems)) return {};
    const bool plain = is_allowed(policy::rule::evaluate(compiled, scene.admission(), nullptr));
    policy::Trace trace;
    trace.begin_stage("decide");
    const bool traced = is_allowed(policy::rule::evaluate(compiled, scene.admission(), &trace));
    const bool expected = evaluate(rule, situation) == Truth::yes;
    if (plain == expected && traced == expected) return {true, plain, {}};
    const auto word = [](bool allowed) { return allowed ? "allowed" : "denied"; };
    return {true, plain,
            std::string("by its contract ") + word(expected) + ", decided " + word(plain) +
                ", explained " + word(traced) + "\n" + describe(situation, rule)};
}

} // namespace

Comparison compare(Choices& choices) {
    const Situation situation = make_situation(choices);
    const config::Rule rule = make_rule(choices);
    Scene scene(situation.has_token ? print(situation.claims) : "", target_of(situation));
    for (const auto& [name, value] : situation.headers) scene.request.field(name, value);
    std::vector<config::Rule> leaves;
    collect_leaves(rule, leaves);
    for (const config::Rule& leaf : leaves)
        if (Comparison one = compare(leaf, situation, scene); !one.disagreement.empty()) return one;
    return compare(rule, situation, scene);
}

} // namespace support::oracle
