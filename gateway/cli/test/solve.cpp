#include "gateway/cli/test/solve.hpp"

#include "gateway/cli/test/sample.hpp"
#include "gateway/cli/test/values.hpp"
#include "policy/rule/claim_path.hpp"

#include <algorithm>

namespace gateway::cli::test {
namespace {

using config::Condition;
using config::Entry;
using config::EntryKind;
using config::Match;
using config::Operator;
using config::Rule;
using config::Scalar;

class Solver {
public:
    Solver(const config::Model& model, std::size_t attempt, const Omission& omission,
           Values& values, Sketch& sketch)
        : model_(model), attempt_(attempt), omission_(omission), values_(values), sketch_(sketch) {}

    void solve(const Rule& rule) {
        if (rule.shadow || depth_ == max_depth) return;
        ++depth_;
        // Where roles and scopes live depends on the issuer, so it is known first.
        for (const Entry& entry : rule.entries)
            if (entry.kind == EntryKind::issuer) solve(entry);
        for (const Entry& entry : rule.entries)
            if (entry.kind != EntryKind::issuer) solve(entry);
        --depth_;
    }

private:
    static constexpr int max_depth = 32; ///< policies that use each other were refused at load

    bool is_omitted(const Entry& entry) const {
        return omission_.entry == &entry && !omission_.name && !omission_.condition;
    }

    void solve(const Entry& entry) {
        if (entry.kind == EntryKind::none) {
            if (is_omitted(entry)) solve_alternative(entry);
            return;
        }
        if (is_omitted(entry)) return;
        switch (entry.kind) {
        case EntryKind::scopes: return add_words(names_of(entry));
        case EntryKind::any_scope: return add_words({chosen(names_of(entry))});
        case EntryKind::roles: return add_names(sources(&config::Issuer::roles), entry);
        case EntryKind::groups: return add_names(sources(&config::Issuer::groups), entry);
        case EntryKind::issuer: return choose_issuer(entry);
        case EntryKind::client: return set_claim({"azp"}, entry.names.front());
        case EntryKind::acr: return set_claim({"acr"}, chosen(names_of(entry)));
        case EntryKind::max_age: return set_claim({"auth_time"}, "-1s");
        case EntryKind::source: return come_from(chosen(names_of(entry)));
        case EntryKind::claims: return solve_matches(entry, &Solver::solve_claim);
        case EntryKind::request: return solve_matches(entry, &Solver::solve_request);
        case EntryKind::all: return solve_all(entry);
        case EntryKind::any: return solve_alternative(entry);
        case EntryKind::policy: return solve_policy(entry);
        default: return;
        }
    }

    std::vector<std::string> names_of(const Entry& entry) const {
        std::vector<std::string> names;
        for (const std::string& name : entry.names)
            if (omission_.name != &name) names.push_back(name);
        return names;
    }

    template <class T> T chosen(const std::vector<T>& all) const {
        return all.empty() ? T{} : all[std::min(attempt_, all.size() - 1)];
    }

    std::string sources(std::vector<std::string> config::Issuer::*places) const {
        return sketch_.issuer && !(sketch_.issuer->*places).empty()
                   ? (sketch_.issuer->*places).front()
                   : std::string();
    }

    void set_claim(const std::vector<std::string>& steps, const std::string& text) {
        sketch_.claims.make(steps).set({{}, text});
    }

    /// Scopes as most issuers write them: words in one text.
    void add_words(const std::vector<std::string>& words) {
        Tree& claim = values_.claim(sources(&config::Issuer::scopes));
        std::string text =
            claim.kind == Tree::Kind::scalar ? plain_text(claim.scalar) : std::string();
        for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
        claim.set({{}, text});
    }

    void add_names(const std::string& place, const Entry& entry) {
        for (const std::string& name : names_of(entry)) values_.claim(place).add({{}, name});
    }

    void choose_issuer(const Entry& entry) {
        const auto found =
            std::ranges::find(model_.issuers, entry.names.front(), &config::Issuer::name);
        if (found != model_.issuers.end()) sketch_.issuer = &*found;
    }

    void come_from(const std::string& network) {
        sketch_.client = network.substr(0, network.find('/'));
    }

    void solve_all(const Entry& entry) {
        for (const Rule& rule : entry.rules) solve(rule);
    }

    void solve_alternative(const Entry& entry) {
        std::vector<const Rule*> rules;
        for (const Rule& rule : entry.rules)
            if (!rule.shadow) rules.push_back(&rule);
        if (const Rule* rule = chosen(rules)) solve(*rule);
    }

    void solve_policy(const Entry& entry) {
        const auto policy =
            std::ranges::find(model_.policies, entry.names.front(), &config::Policy::name);
        if (policy != model_.policies.end()) solve(policy->rule);
    }

    void solve_matches(const Entry& entry, void (Solver::*solve_one)(const Match&, const Wanted&)) {
        for (const Match& match : entry.matches) (this->*solve_one)(match, wanted_by(match));
    }

    /// What the conditions on one subject ask for, together.
    Wanted wanted_by(const Match& match) {
        Wanted wanted;
        for (const Condition& condition : match.conditions)
            if (omission_.condition != &condition) add(condition, wanted);
        return wanted;
    }

    void add(const Condition& condition, Wanted& wanted) {
        const auto value = [&](std::size_t i) { return values_.value(condition.operands[i]); };
        const std::size_t choice = std::min(attempt_, condition.operands.size() - 1);
        switch (condition.op) {
        case Operator::equals: wanted.value = value(0); break;
        case Operator::one_of: wanted.value = value(choice); break;
        case Operator::contains: wanted.list.push_back(value(0)); break;
        case Operator::contains_any: wanted.list.push_back(value(choice)); break;
        case Operator::contains_all:
            for (std::size_t i = 0; i < condition.operands.size(); ++i)
                wanted.list.push_back(value(i));
            break;
        case Operator::prefix: wanted.prefix = plain_text(value(0)); break;
        case Operator::suffix: wanted.suffix = plain_text(value(0)); break;
        case Operator::at_least: wanted.value = value(0); break;
        case Operator::at_most:
            if (!wanted.value) wanted.value = value(0);
            break;
        case Operator::matches:
            // An expression holds no templates: its braces count.
            if (auto text = sample_of(plain_text(condition.operands[0])))
                wanted.value = Scalar{{}, *text};
            break;
        case Operator::exists:
            wanted.exists = condition.operands[0].value == Scalar{{}, true}.value;
            break;
        case Operator::not_equals:
        case Operator::none_of: wanted.other_than = value(0); break;
        }
    }

    void solve_claim(const Match& match, const Wanted& wanted) {
        if (wanted.is_nothing()) return;
        Tree& claim = values_.claim(match.subject);
        for (const Scalar& element : wanted.list) claim.add(element);
        if (wanted.list.empty()) claim.set(wanted.scalar());
    }

    void solve_request(const Match& match, const Wanted& wanted) {
        if (wanted.is_nothing()) return;
        const std::string name = match.subject.substr(match.subject.find('.') + 1);
        std::string& value = match.subject.starts_with("header.")
                                 ? sketch_.header(name)
                                 : sketch_.parameter_of_query(name);
        value = plain_text(wanted.scalar());
    }

    const config::Model& model_;
    std::size_t attempt_;
    const Omission& omission_;
    Values& values_;
    Sketch& sketch_;
    int depth_ = 0;
};

} // namespace

void solve(const Rule& rule, const config::Model& model, const config::Route& route,
           std::size_t attempt, const Omission& omission, Sketch& sketch) {
    Values values(route, sketch);
    Solver(model, attempt, omission, values, sketch).solve(rule);
}

} // namespace gateway::cli::test
