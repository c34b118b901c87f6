#include "policy/admission.hpp"
#include "policy/rule/describe.hpp"
#include "policy/rule/grants.hpp"
#include "policy/rule/node.hpp"
#include "policy/rule/outcome.hpp"
#include "policy/rule/rule.hpp"
#include "policy/trace.hpp"

#include <algorithm>

namespace policy::rule {

namespace {

using config::EntryKind;

class Evaluation {
public:
    Evaluation(const Admission& admission, Trace* trace) : a_(admission), trace_(trace) {}

    Outcome judge(const Node& node);

private:
    Outcome all(const Node& node);
    Outcome any(const Node& node);
    Outcome none(const Node& node);
    Outcome leaf(const Node& node);

    Truth matchers(const Node& node);
    Truth held(const Node& node, std::string_view name) const;
    Truth names(const Node& node) const;
    Truth acr(const Node& node) const;
    Truth max_age(const Node& node) const;
    Truth truth_of(const Node& node);

    /// What a matcher is about, or the truth that no comparison can change.
    struct Looked {
        Subject subject;
        std::optional<Truth> fixed;
    };
    Looked look(const NamedMatcher& named) const;

    const Admission& a_;
    Trace* trace_;
};

constexpr const char* unreadable = "(sent twice, or not readable)";

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

bool is_group(const Node& node) {
    if (!node.entry) return true;
    const EntryKind kind = node.entry->kind;
    return kind == EntryKind::all || kind == EntryKind::any || kind == EntryKind::none ||
           kind == EntryKind::policy;
}

Combine combine_of(const Node& group) {
    if (!group.entry) return Combine::all;
    switch (group.entry->kind) {
    case EntryKind::any: return Combine::any;
    case EntryKind::none: return Combine::none;
    default: return Combine::all;
    }
}

Outcome Evaluation::judge(const Node& node) {
    if (!is_group(node)) return leaf(node);
    if (trace_) trace_->enter(describe_group(node), node.at, node.shadow, combine_of(node));
    Outcome outcome;
    if (node.entry && node.entry->kind == EntryKind::any)
        outcome = any(node);
    else if (node.entry && node.entry->kind == EntryKind::none)
        outcome = none(node);
    else
        outcome = all(node);
    if (trace_) trace_->leave(outcome.truth == Truth::yes);
    return outcome;
}

Outcome Evaluation::all(const Node& node) {
    Outcome first;
    Would would;
    for (const Node& child : node.children) {
        const Outcome outcome = judge(child);
        const Truth counted = child.shadow ? outcome.truth : outcome.would;
        if (would.truth == Truth::yes) would.truth = counted;
        if (child.shadow) {
            if (counted != Truth::yes) would.denying |= bit_of(child);
            continue;
        }
        would.add_difference(outcome);
        if (outcome.truth == Truth::yes || first.truth != Truth::yes) continue;
        first = outcome;
        if (!trace_ && would.truth != Truth::yes) break;
    }
    return would.beside(first);
}

/// Where all alternatives fail for one reason, that is the reason: the client can act on it.
Outcome Evaluation::any(const Node& node) {
    Outcome result;
    Would would{Truth::no};
    bool held = false;
    for (const Node& child : node.children) {
        const Outcome outcome = judge(child);
        const Truth counted = child.shadow ? outcome.truth : outcome.would;
        if (would.truth != Truth::yes && counted != Truth::no) would.truth = counted;
        if (child.shadow) {
            if (counted == Truth::yes) would.allowing |= bit_of(child);
            continue;
        }
        would.add_difference(outcome);
        if (outcome.truth == Truth::yes) {
            held = true;
            if (!trace_ && would.truth == Truth::yes) break;
            continue;
        }
        if (!result.decider)
            result = outcome;
        else if (outcome.reason != result.reason)
            result.reason = Reason::rule_denied;
        if (outcome.truth == Truth::broken) result.truth = Truth::broken;
    }
    if (held) return would.beside({});
    if (!result.decider) return would.beside({Truth::no, Reason::rule_denied, &node});
    if (result.reason == Reason::rule_denied) result.decider = &node;
    return would.beside(result);
}

/// What `none` makes of one rule in it, and of those before.
Truth fold_none(Truth before, Truth held) {
    if (held == Truth::no || before == Truth::no) return before;
    return held == Truth::yes ? Truth::no : Truth::broken;
}

Outcome Evaluation::none(const Node& node) {
    Truth result = Truth::yes;
    Would would;
    for (const Node& child : node.children) {
        const Outcome outcome = judge(child);
        const Truth counted = child.shadow ? outcome.truth : outcome.would;
        would.truth = fold_none(would.truth, counted);
        if (child.shadow) {
            if (counted != Truth::no) would.denying |= bit_of(child);
            continue;
        }
        if (outcome.truth != counted)
            (counted == Truth::no ? would.allowing : would.denying) |= outcome.shadows;
        result = fold_none(result, outcome.truth);
        if (!trace_ && result == Truth::no && would.truth == Truth::no) break;
    }
    if (result == Truth::yes) return would.beside({});
    return would.beside({result, Reason::rule_denied, &node});
}

Reason reason_of(EntryKind kind) {
    switch (kind) {
    case EntryKind::scopes:
    case EntryKind::any_scope: return Reason::insufficient_scope;
    case EntryKind::acr:
    case EntryKind::max_age: return Reason::step_up_required;
    default: return Reason::rule_denied;
    }
}

Outcome Evaluation::leaf(const Node& node) {
    const Truth result = truth_of(node);
    if (trace_ && node.matchers.empty())
        trace_->step(describe_entry(node), result == Truth::yes, describe_expected(node),
                     describe_found(node, a_), node.at);
    if (result == Truth::yes) return {};
    return {result, reason_of(node.entry->kind), &node, result};
}

Truth Evaluation::truth_of(const Node& node) {
    switch (node.entry->kind) {
    case EntryKind::claims:
    case EntryKind::request: return matchers(node);
    case EntryKind::source:
        return truth(std::ranges::any_of(
            node.networks, [&](const Network& network) { return network.contains(a_.client); }));
    default: break;
    }
    if (!a_.proof || !a_.issuer) return Truth::no;
    switch (node.entry->kind) {
    case EntryKind::issuer: return truth(a_.issuer == &a_.snapshot.issuers()[node.issuer]);
    case EntryKind::client: return truth(a_.proof->claims.client == node.names.front());
    case EntryKind::acr: return acr(node);
    case EntryKind::max_age: return max_age(node);
    default: return names(node);
    }
}

Truth Evaluation::held(const Node& node, std::string_view name) const {
    const JsonDocument& claims = a_.proof->claims.document;
    const auto& sources = a_.snapshot.claim_sources(*a_.issuer);
    switch (node.entry->kind) {
    case EntryKind::roles: return truth(is_held(claims, sources.roles, name));
    case EntryKind::groups: return truth(is_held(claims, sources.groups, name));
    default: return truth(has_scope(claims, sources.scopes, name));
    }
}

Truth Evaluation::names(const Node& node) const {
    const bool one_is_enough = node.entry->kind == EntryKind::any_scope;
    for (const std::string& name : node.names)
        if ((held(node, name) == Truth::yes) == one_is_enough) return truth(one_is_enough);
    return truth(!one_is_enough);
}

Truth Evaluation::acr(const Node& node) const {
    const auto value = a_.proof->claims.document.root().find("acr");
    return truth(value && value->is(JsonType::string) &&
                 std::ranges::find(node.names, value->text()) != node.names.end());
}

/// A login in the future beyond the leeway is no login.
Truth Evaluation::max_age(const Node& node) const {
    const auto& login = a_.proof->claims.authenticated;
    if (!login) return Truth::no;
    const auto age = a_.now - TimePoint(std::chrono::seconds(*login));
    return truth(age >= -a_.issuer->settings->leeway && age <= node.entry->duration);
}

Evaluation::Looked Evaluation::look(const NamedMatcher& named) const {
    if (named.source == NamedMatcher::Source::claim) {
        if (!a_.proof) return {{}, Truth::no}; // not even `exists: false` holds without a token
        return {{find_claim(a_.proof->claims.document, named.claim), {}}, {}};
    }
    const Value value = named.source == NamedMatcher::Source::header
                            ? find_header(a_.head.fields, named.name)
                            : find_query(a_.query, named.name, a_.tools.scratch);
    if (value) return {{{}, *value}, {}};
    if (value.error() == TextError::missing) return {};
    return {{}, Truth::broken};
}

Truth Evaluation::matchers(const Node& node) {
    Truth result = Truth::yes;
    for (const NamedMatcher& named : node.matchers) {
        const Looked looked = look(named);
        for (const Matcher::Check& check : named.matcher.checks()) {
            const Truth held =
                looked.fixed ? *looked.fixed : Matcher::evaluate(check, looked.subject, a_);
            if (trace_)
                trace_->step(describe_check(named, check), held == Truth::yes,
                             describe_operands(check, a_),
                             looked.fixed == Truth::broken ? unreadable : describe(looked.subject),
                             check.settings->at);
            if (held == Truth::yes || result != Truth::yes) continue;
            result = held;
            if (!trace_) return result;
        }
    }
    return result;
}

} // namespace

Verdict evaluate(const Rule& rule, const Admission& admission, Trace* trace) {
    Verdict verdict;
    if (rule.empty()) return {Reason::rule_denied};
    Evaluation evaluation(admission, trace);
    const Outcome outcome = evaluation.judge(*rule.root());
    const bool held = outcome.truth == Truth::yes;
    if (rule.root()->shadow) {
        verdict.shadow_denied = !held;
        verdict.shadow_rules = held ? 0 : bit_of(*rule.root());
        return verdict;
    }
    verdict.shadow_denied = held && outcome.would != Truth::yes;
    verdict.shadow_allowed = !held && outcome.would == Truth::yes;
    verdict.shadow_rules =
        verdict.shadow_denied || verdict.shadow_allowed ? outcome.shadows : ShadowSet{0};
    if (held) return verdict;
    // What could not be judged is no hint for the client on what to bring next time.
    verdict.reason = outcome.truth == Truth::broken ? Reason::rule_denied : outcome.reason;
    if (!outcome.decider) return verdict;
    verdict.entry = outcome.decider->entry;
    if (verdict.reason != Reason::step_up_required) return verdict;
    verdict.acr_values = outcome.decider->acr_values;
    if (outcome.decider->entry->kind == EntryKind::max_age)
        verdict.max_age =
            std::chrono::duration_cast<std::chrono::seconds>(outcome.decider->entry->duration)
                .count();
    return verdict;
}

} // namespace policy::rule
