#include "policy/message.hpp"
#include "policy/rule/describe.hpp"
#include "policy/rule/node.hpp"
#include "policy/rule/rule.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace policy::rule {

namespace {

using config::EntryKind;

constexpr std::size_t max_nodes = 10'000;
constexpr std::size_t max_depth = 64;
constexpr std::size_t max_shadows = 64; ///< bits of a ShadowSet

class Compiler {
public:
    Compiler(const config::Model& model, const std::vector<std::string>& parameters,
             config::Problems& problems)
        : model_(model), parameters_(parameters), problems_(problems) {}

    Node compile(const config::Rule& rule, const std::string& place);
    std::vector<std::string> take_shadows() { return std::move(shadows_); }

private:
    Node compile(const config::Entry& entry, const std::string& place);
    std::uint8_t add_shadow(const config::Rule& rule, const std::string& place);
    void compile_names(const config::Entry& entry, Node& node);
    void compile_policy(const config::Entry& entry, Node& node);
    void compile_group(const config::Entry& entry, Node& node, const std::string& place);
    void compile_issuer(const config::Entry& entry, Node& node);
    void compile_networks(const config::Entry& entry, Node& node);
    void compile_matches(const config::Entry& entry, Node& node);
    void compile_certificate(const config::Entry& entry, Node& node);
    void compile_subject(const config::Match& match, EntryKind kind, NamedMatcher& named);
    void compile_step_up(const config::Entry& entry, Node& node);

    void error(config::Position at, std::string message, std::string hint = {}) {
        problems_.push_back(
            {config::Severity::error, model_.file, at, std::move(message), std::move(hint), {}});
    }

    const config::Model& model_;
    const std::vector<std::string>& parameters_;
    config::Problems& problems_;
    std::vector<const config::Policy*> open_; ///< policies being inlined, outermost first
    std::vector<std::string> shadows_;
    bool in_shadow_ = false;
    std::size_t nodes_ = 0;
    std::size_t depth_ = 0;
};

std::uint8_t Compiler::add_shadow(const config::Rule& rule, const std::string& place) {
    auto found = std::ranges::find(shadows_, place);
    if (found == shadows_.end()) found = shadows_.insert(found, place);
    const auto index = static_cast<std::size_t>(found - shadows_.begin());
    if (index >= max_shadows) error(rule.at, "a route has at most 64 rules in shadow mode");
    return static_cast<std::uint8_t>(std::min(index, max_shadows - 1));
}

Node Compiler::compile(const config::Rule& rule, const std::string& place) {
    Node node;
    node.at = rule.at;
    node.shadow = rule.shadow;
    if (rule.shadow && !in_shadow_) node.shadow_index = add_shadow(rule, place);
    const bool outside = std::exchange(in_shadow_, in_shadow_ || rule.shadow);
    if (rule.entries.empty()) error(rule.at, "a rule needs at least one entry");
    if (++depth_ > max_depth) {
        error(rule.at, "rules nest more than 64 levels deep");
    } else {
        for (const config::Entry& entry : rule.entries) {
            if (++nodes_ == max_nodes)
                error(entry.at, "a rule has at most 10,000 entries, its policies included");
            if (nodes_ >= max_nodes) break;
            node.children.push_back(compile(entry, place));
        }
    }
    --depth_;
    in_shadow_ = outside;
    return node;
}

Node Compiler::compile(const config::Entry& entry, const std::string& place) {
    Node node;
    node.entry = &entry;
    node.at = entry.at;
    switch (entry.kind) {
    case EntryKind::scopes:
    case EntryKind::any_scope:
    case EntryKind::roles:
    case EntryKind::groups:
    case EntryKind::client: compile_names(entry, node); break;
    case EntryKind::acr:
    case EntryKind::max_age: compile_step_up(entry, node); break;
    case EntryKind::claims:
    case EntryKind::request: compile_matches(entry, node); break;
    case EntryKind::certificate: compile_certificate(entry, node); break;
    case EntryKind::issuer: compile_issuer(entry, node); break;
    case EntryKind::source: compile_networks(entry, node); break;
    case EntryKind::all:
    case EntryKind::any:
    case EntryKind::none: compile_group(entry, node, place); break;
    case EntryKind::policy: compile_policy(entry, node); break;
    }
    return node;
}

/// scope-token (RFC 6749 3.3); it will stand between quotes in a challenge.
bool is_scope_token(std::string_view name) {
    return std::ranges::all_of(
        name, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

void Compiler::compile_names(const config::Entry& entry, Node& node) {
    if (entry.names.empty()) error(entry.at, "the list is empty, so this would always hold");
    const bool scopes = entry.kind == EntryKind::scopes || entry.kind == EntryKind::any_scope;
    for (const std::string& name : entry.names) {
        if (name.empty()) error(entry.at, "an empty name matches nothing");
        if (scopes && !is_scope_token(name))
            error(entry.at, "a scope is visible ASCII without spaces, quotes and backslashes");
    }
    node.names = entry.names;
}

void Compiler::compile_step_up(const config::Entry& entry, Node& node) {
    if (entry.kind == EntryKind::max_age) {
        if (entry.duration < std::chrono::seconds(1))
            error(entry.at, "`max_age` is at least one second");
        return;
    }
    compile_names(entry, node);
    for (const std::string& name : entry.names) {
        if (!is_scope_token(name))
            error(entry.at,
                  "an `acr` value is visible ASCII without spaces, quotes and backslashes");
        node.acr_values += (node.acr_values.empty() ? "" : " ") + name;
    }
}

void Compiler::compile_group(const config::Entry& entry, Node& node, const std::string& place) {
    if (entry.rules.empty()) error(entry.at, "a list of rules is empty");
    const bool decides = std::ranges::any_of(entry.rules, [](const auto& r) { return !r.shadow; });
    if (entry.kind == EntryKind::any && !entry.rules.empty() && !decides)
        error(entry.at, "every rule of `any` is in shadow mode, so none is left to decide",
              "put `mode: shadow` on the rule that holds this `any`");
    const std::string list = place + "." + std::string(to_string(entry.kind));
    for (std::size_t i = 0; i < entry.rules.size(); ++i)
        node.children.push_back(compile(entry.rules[i], list + "[" + std::to_string(i) + "]"));
}

void Compiler::compile_policy(const config::Entry& entry, Node& node) {
    const std::string name = entry.names.empty() ? "" : entry.names.front();
    const auto policy = std::ranges::find(model_.policies, name, &config::Policy::name);
    if (policy == model_.policies.end())
        return error(entry.at, "there is no policy '" + name + "'");
    if (std::ranges::find(open_, &*policy) != open_.end())
        return error(entry.at, "policy '" + name + "' uses itself");
    open_.push_back(&*policy);
    node.children.push_back(compile(policy->rule, "policies." + name));
    open_.pop_back();
}

void Compiler::compile_issuer(const config::Entry& entry, Node& node) {
    const std::string name = entry.names.empty() ? "" : entry.names.front();
    const auto issuer = std::ranges::find(model_.issuers, name, &config::Issuer::name);
    node.issuer = static_cast<std::size_t>(issuer - model_.issuers.begin());
    if (issuer == model_.issuers.end()) error(entry.at, "there is no issuer '" + name + "'");
}

void Compiler::compile_networks(const config::Entry& entry, Node& node) {
    if (entry.names.empty()) error(entry.at, "`source` needs at least one network");
    for (const std::string& name : entry.names) {
        if (const auto network = parse_network(name))
            node.networks.push_back(*network);
        else
            error(entry.at, "'" + name + "' is not an address or a network like 10.0.0.0/8");
    }
}

void Compiler::compile_matches(const config::Entry& entry, Node& node) {
    if (entry.matches.empty()) error(entry.at, "at least one matcher is expected here");
    const auto subjects =
        entry.kind == EntryKind::claims ? Matcher::Subjects::claims : Matcher::Subjects::request;
    for (const config::Match& match : entry.matches) {
        NamedMatcher named;
        named.settings = &match;
        compile_subject(match, entry.kind, named);
        named.matcher = Matcher::compile(match, subjects, parameters_, model_.file, problems_);
        node.matchers.push_back(std::move(named));
    }
}

/// Conditions that a certificate's part can be held against: one that says what a name is not would
/// hold for the next name.
bool is_for_certificate(NamedMatcher::Source source, config::Operator op) {
    using config::Operator;
    if (op == Operator::equals || op == Operator::one_of || op == Operator::exists) return true;
    const bool negative = op == Operator::not_equals || op == Operator::none_of;
    if (source == NamedMatcher::Source::certificate_san) return !negative;
    return source == NamedMatcher::Source::certificate_subject || negative;
}

void Compiler::compile_certificate(const config::Entry& entry, Node& node) {
    using Source = NamedMatcher::Source;
    if (entry.matches.empty()) error(entry.at, "at least one matcher is expected here");
    const bool asked = std::ranges::any_of(model_.listeners, [](const config::Listener& listener) {
        return listener.tls && listener.tls->client_certificates;
    });
    if (!asked)
        error(entry.at, "no listener asks clients for certificates, so this can never hold",
              "write `client_certificates` under a listener's `tls`");
    for (const config::Match& match : entry.matches) {
        NamedMatcher named;
        named.settings = &match;
        named.source = match.subject == "subject" ? Source::certificate_subject
                       : match.subject == "san"   ? Source::certificate_san
                                                  : Source::certificate_fingerprint;
        for (const config::Condition& condition : match.conditions)
            if (!is_for_certificate(named.source, condition.op))
                error(condition.at, "this operator does not go with `" + match.subject + "`",
                      named.source == Source::certificate_san
                          ? "put the certificate under `none` to refuse one with such a name"
                          : "use equals or one_of");
        named.matcher = Matcher::compile(match, Matcher::Subjects::request, parameters_,
                                         model_.file, problems_);
        node.matchers.push_back(std::move(named));
    }
}

void Compiler::compile_subject(const config::Match& match, EntryKind kind, NamedMatcher& named) {
    const std::string_view subject = match.subject;
    if (kind == EntryKind::claims) {
        std::string why;
        auto path = parse_claim_path(subject, why);
        if (!path) return error(match.at, "claim path '" + match.subject + "': " + why);
        named.claim = std::move(*path);
        return;
    }
    const bool header = subject.starts_with("header.");
    named.source = header ? NamedMatcher::Source::header : NamedMatcher::Source::query;
    named.name = subject.substr(std::min(subject.find('.'), subject.size() - 1) + 1);
    if ((!header && !subject.starts_with("query.")) || named.name.empty())
        return error(match.at, "'" + match.subject + "' is not part of a request",
                     "write header.NAME or query.NAME");
    if (header) std::ranges::transform(named.name, named.name.begin(), to_lower);
}

void collect_scopes(const Node& node, std::vector<std::string>& scopes) {
    if (node.shadow) return;
    if (node.entry && node.entry->kind == EntryKind::none) return;
    if (node.entry &&
        (node.entry->kind == EntryKind::scopes || node.entry->kind == EntryKind::any_scope))
        for (const std::string& name : node.names)
            if (std::ranges::find(scopes, name) == scopes.end()) scopes.push_back(name);
    for (const Node& child : node.children) collect_scopes(child, scopes);
}

} // namespace

Rule::Rule() = default;
Rule::Rule(Rule&&) noexcept = default;
Rule& Rule::operator=(Rule&&) noexcept = default;
Rule::~Rule() = default;

Rule Rule::compile(const config::Rule& rule, const config::Model& model,
                   const std::vector<std::string>& parameters, config::Problems& problems) {
    Rule result;
    Compiler compiler(model, parameters, problems);
    result.root_ = std::make_unique<Node>(compiler.compile(rule, "access"));
    result.shadows_ = compiler.take_shadows();
    return result;
}

std::string Rule::scopes() const {
    std::vector<std::string> scopes;
    if (root_) collect_scopes(*root_, scopes);
    std::string text;
    for (const std::string& scope : scopes) text += (text.empty() ? "" : " ") + scope;
    return text;
}

} // namespace policy::rule
