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

void read_mode(Decoder& decoder, const Member& member, Rule& out) {
    constexpr std::array<std::string_view, 1> modes = {"shadow"};
    if (decoder.choice(member.value, modes)) out.shadow = true;
}

constexpr std::array keys = {
    Key<Rule>{"scopes", Need::optional, read_scopes<EntryKind::scopes>},
    Key<Rule>{"any_scope", Need::optional, read_scopes<EntryKind::any_scope>},
    Key<Rule>{"roles", Need::optional, read_names<EntryKind::roles>},
    Key<Rule>{"groups", Need::optional, read_names<EntryKind::groups>},
    Key<Rule>{"claims", Need::optional, read_conditions<EntryKind::claims, Subjects::claims>},
    Key<Rule>{"issuer", Need::optional, read_name<EntryKind::issuer>},
    Key<Rule>{"client", Need::optional, read_name<EntryKind::client>},
    Key<Rule>{"acr", Need::optional, read_names<EntryKind::acr>},
    Key<Rule>{"max_age", Need::optional, read_max_age},
    Key<Rule>{"source", Need::optional, read_source},
    Key<Rule>{"request", Need::optional, read_conditions<EntryKind::request, Subjects::request>},
    Key<Rule>{"all", Need::optional, read_rules<EntryKind::all>},
    Key<Rule>{"any", Need::optional, read_rules<EntryKind::any>},
    Key<Rule>{"none", Need::optional, read_rules<EntryKind::none>},
    Key<Rule>{"policy", Need::optional, read_name<EntryKind::policy>},
    Key<Rule>{"mode", Need::optional, read_mode},
    Key<Rule>{"certificate", Need::later},
};

} // namespace

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
