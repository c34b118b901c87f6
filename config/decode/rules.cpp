#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

/// The entry is kept even when its value is wrong: a rule must not look empty because of an error
/// inside.
Entry& add_entry(Rule& rule, const Member& member, EntryKind kind) {
    Entry& entry = rule.entries.emplace_back();
    entry.at = member.at;
    entry.kind = kind;
    return entry;
}

template <EntryKind kind> void read_names(Decoder& decoder, const Member& member, Rule& out) {
    Entry& entry = add_entry(out, member, kind);
    if (auto names = decoder.texts(member.value)) entry.names = std::move(*names);
}

/// RFC 6749 3.3: a scope holds no space, so `[a b]` is one that no token can have.
bool is_scope(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

template <EntryKind kind> void read_scopes(Decoder& decoder, const Member& member, Rule& out) {
    read_names<kind>(decoder, member, out);
    for (const Node& item : member.value.items)
        if (item.kind == NodeKind::scalar && !item.text.empty() && !is_scope(item.text))
            decoder.error(item.at, Decoder::shown(item) + " is not one scope",
                          "a scope holds no space; separate scopes with commas");
}

template <EntryKind kind> void read_name(Decoder& decoder, const Member& member, Rule& out) {
    Entry& entry = add_entry(out, member, kind);
    std::optional<std::string> name = decoder.text(member.value);
    if (!name) return;
    if (kind == EntryKind::issuer) decoder.refer(Reference::Kind::issuer, member.value, *name);
    if (kind == EntryKind::policy) decoder.refer(Reference::Kind::policy, member.value, *name);
    entry.names = {std::move(*name)};
}

void read_max_age(Decoder& decoder, const Member& member, Rule& out) {
    Entry& entry = add_entry(out, member, EntryKind::max_age);
    read_duration<&Entry::duration, one_second, 3650 * one_day>(decoder, member, entry);
}

void read_source(Decoder& decoder, const Member& member, Rule& out) {
    Entry& entry = add_entry(out, member, EntryKind::source);
    if (auto networks = read_networks(decoder, member.value)) entry.names = std::move(*networks);
}

template <EntryKind kind, Subjects subjects>
void read_conditions(Decoder& decoder, const Member& member, Rule& out) {
    read_matches(decoder, member, subjects, add_entry(out, member, kind).matches);
}

template <EntryKind kind> void read_rules(Decoder& decoder, const Member& member, Rule& out) {
    Entry& entry = add_entry(out, member, kind);
    if (!decoder.is_list(member.value, "rules")) return;
    for (const Node& item : member.value.items)
        read_rule(decoder, item, entry.rules.emplace_back());
}

constexpr std::array<std::string_view, 1> modes = {"shadow"};

void read_mode(Decoder& decoder, const Member& member, Rule& out) {
    if (decoder.choice(member.value, modes)) out.shadow = true;
}

constexpr Shape scope = shape::text_like(R"(^[!#-\[\]-~]+$)");
constexpr Shape rule = shape::mapping(rule_table);

template <EntryKind kind>
constexpr Field<Rule> as_scopes{read_scopes<kind>, shape::texts_of(scope)};
template <EntryKind kind> constexpr Field<Rule> as_names{read_names<kind>, shape::texts};
template <EntryKind kind> constexpr Field<Rule> as_name{read_name<kind>, shape::text};
template <EntryKind kind> constexpr Field<Rule> as_rules{read_rules<kind>, shape::list_of(rule)};

constexpr Field<Rule> as_claims{read_conditions<EntryKind::claims, Subjects::claims>,
                                shape::map_of(claim_matcher, "^.+$", 1)};
constexpr Field<Rule> as_request{read_conditions<EntryKind::request, Subjects::request>,
                                 shape::map_of(request_matcher, R"(^(header|query)\..+$)", 1)};

constexpr Field<Rule> as_certificate{
    read_conditions<EntryKind::certificate, Subjects::certificate>,
    shape::map_of(request_matcher, "^(subject|san|fingerprint)$", 1)};

constexpr std::array keys = {
    Key<Rule>{"scopes", Need::optional, as_scopes<EntryKind::scopes>,
              "All of these scopes are granted"},
    Key<Rule>{"any_scope", Need::optional, as_scopes<EntryKind::any_scope>,
              "One of these scopes is granted"},
    Key<Rule>{"roles", Need::optional, as_names<EntryKind::roles>, "All of these roles are held"},
    Key<Rule>{"groups", Need::optional, as_names<EntryKind::groups>,
              "All of these groups are held"},
    Key<Rule>{"claims", Need::optional, as_claims,
              "Every claim matches: a value, a list (one of), or operators"},
    Key<Rule>{"issuer", Need::optional, as_name<EntryKind::issuer>,
              "The token came from this issuer, named as in `issuers`"},
    Key<Rule>{"client", Need::optional, as_name<EntryKind::client>,
              "The token was made for this client (`azp` or `client_id`)"},
    Key<Rule>{"acr", Need::optional, as_names<EntryKind::acr>,
              "The login was of one of these kinds; else the answer asks for a stronger one"},
    Key<Rule>{"max_age",
              Need::optional,
              {read_max_age, shape::duration(one_second, 3650 * one_day)},
              "The login is no older; else the answer asks for a new one"},
    Key<Rule>{"source",
              Need::optional,
              {read_source, shape::networks},
              "The client's address is in one of these networks"},
    Key<Rule>{"request", Need::optional, as_request, "Every header.NAME and query.NAME matches"},
    Key<Rule>{"all", Need::optional, as_rules<EntryKind::all>, "Every one of these rules holds"},
    Key<Rule>{"any", Need::optional, as_rules<EntryKind::any>, "At least one of these rules holds"},
    Key<Rule>{"none", Need::optional, as_rules<EntryKind::none>, "Not one of these rules holds"},
    Key<Rule>{"policy", Need::optional, as_name<EntryKind::policy>,
              "The rule of this name in `policies` holds"},
    Key<Rule>{"mode",
              Need::optional,
              {read_mode, shape::word(modes)},
              "shadow: evaluated, logged and counted, but decides nothing"},
    Key<Rule>{"certificate", Need::optional, as_certificate,
              "The client's TLS certificate matches: subject, san, fingerprint"},
};

} // namespace

Table rule_table() { return table_of<keys>("rule", 1); }

void read_rule(Decoder& decoder, const Node& node, Rule& out) {
    out.at = node.at;
    if (!decoder.mapping<Rule>(node, keys, {node.at, "a rule"}, out)) return;
    const bool is_empty = std::all_of(node.members.begin(), node.members.end(),
                                      [](const Member& member) { return member.key == "mode"; });
    if (is_empty)
        decoder.error(node.at, "this rule asks for nothing",
                      "add an entry, or write `authenticated`");
}

void read_policies(Decoder& decoder, const Member& member, Model& out) {
    if (!decoder.is_mapping(member.value, "`policies`")) return;
    for (const Member& named : member.value.members) {
        is_good_name(decoder, named);
        Policy& policy = out.policies.emplace_back();
        policy.at = named.at;
        policy.name = named.key;
        read_rule(decoder, named.value, policy.rule);
    }
}

} // namespace config::decode
