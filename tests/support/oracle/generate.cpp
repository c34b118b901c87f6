#include "tests/support/oracle/situation.hpp"
#include "tests/support/rules.hpp"

namespace support::oracle {
namespace {

using config::EntryKind;
using config::Operator;

const std::vector<std::string> words = {"ada", "bob", "42", "a", "ab", "", "a,b", "true", "10.0"};
const std::vector<std::string> numbers = {
    "0", "5", "5.0", "-3", "0.5", "1e1", "9007199254740993", "9007199254740992", "1699999990"};
const std::vector<std::string> paths = {"sub",        "tenant",
                                        "level",      "flag",
                                        "list",       "realm_access.roles",
                                        "deep.er",    "https://x.example/role",
                                        "not_in_any", "deep"};
const std::vector<std::string> grants = {"a", "b", "ada", "a:b"};
const std::vector<std::string> templates = {
    "{path.customer}", "{claim.sub}", "{claim.list}",  "{header.x-h}", "{query.q}",
    "{client.ip}",     "{host}",      "{claim.level}", "a{query.p}",   "{claim.deep.er}"};
const std::vector<std::string> patterns = {"[a-b]+", "ada|bob", "4.", "(a,)?b"};

Json make_scalar(Choices& choices) {
    switch (choices.below(4)) {
    case 0: return json_text(choices.pick(words));
    case 1: return json_number(choices.pick(numbers));
    case 2: return json_boolean(choices.below(2) == 1);
    default: return {};
    }
}

Json make_list(Choices& choices) {
    std::vector<Json> items;
    for (std::size_t left = choices.below(4); left > 0; --left)
        items.push_back(make_scalar(choices));
    return json_array(std::move(items));
}

Json make_value(Choices& choices) {
    return choices.once_in(3) ? make_list(choices) : make_scalar(choices);
}

/// A list of words, a text of words, or roles as the names of an object.
Json make_grants(Choices& choices) {
    Json list = json_array({}), object{.kind = Json::Kind::object};
    std::string text;
    for (const std::string& grant : grants) {
        if (choices.below(2) == 0) continue;
        list.items.push_back(json_text(grant));
        text += (text.empty() ? "" : " ") + grant;
        add_member(object, grant, json_boolean(true));
    }
    const std::size_t form = choices.below(3);
    return form == 0 ? json_text(text) : form == 1 ? list : object;
}

Json make_claims(Choices& choices) {
    Json claims{.kind = Json::Kind::object};
    for (const char* name : {"sub", "tenant", "level", "flag", "https://x.example/role"})
        if (!choices.once_in(4)) add_member(claims, name, make_value(choices));
    if (!choices.once_in(3)) add_member(claims, "list", make_list(choices));
    Json realm{.kind = Json::Kind::object}, deep{.kind = Json::Kind::object};
    if (choices.below(2)) add_member(realm, "roles", make_grants(choices));
    if (choices.below(2)) add_member(deep, "er", make_value(choices));
    add_member(claims, "realm_access", std::move(realm));
    add_member(claims, "deep", std::move(deep));
    for (const char* name : {"scope", "scp", "roles", "groups"})
        if (choices.below(2)) add_member(claims, name, make_grants(choices));
    for (const char* name : {"azp", "client_id", "acr"})
        if (choices.below(2)) add_member(claims, name, json_text(choices.pick(grants)));
    constexpr int logins[] = {45, 25, 0, -60, -61, -300};
    if (choices.below(2))
        add_member(claims, "auth_time",
                   json_number(std::to_string(1'700'000'000 + choices.pick(logins))));
    return claims;
}

std::vector<std::pair<std::string, std::string>>
make_list_of(Choices& choices, std::initializer_list<const char*> names) {
    std::vector<std::pair<std::string, std::string>> list;
    for (std::size_t left = choices.below(4); left > 0; --left)
        list.emplace_back(choices.pick(names), choices.pick(words));
    return list;
}

config::Scalar make_operand(Choices& choices, bool text_only) {
    if (choices.once_in(3)) return scalar(choices.pick(templates));
    if (text_only) return scalar(choices.pick(words));
    switch (choices.below(5)) {
    case 0: return scalar(static_cast<int>(choices.below(7)) - 1);
    case 1: return scalar(choices.below(2) == 1);
    case 2: return scalar(nullptr);
    case 3: return scalar(choices.below(2) ? 0.5 : 5.0);
    default: return scalar(choices.pick(words));
    }
}

config::Match make_match(Choices& choices, EntryKind kind) {
    const bool is_request = kind == EntryKind::request;
    const std::vector<std::string> asked = {"header.x-h", "query.q", "query.p"};
    const std::string& subject = choices.pick(is_request ? asked : paths);
    // What compares numbers and lists comes last: it is not for texts of a request.
    const auto op = static_cast<Operator>(choices.below(13));
    const bool is_list = op == Operator::one_of || op == Operator::none_of ||
                         op == Operator::contains_any || op == Operator::contains_all;
    const bool is_text = is_request || op == Operator::prefix || op == Operator::suffix;
    if (op == Operator::exists) return match(subject, op, {scalar(choices.below(2) == 1)});
    if (op == Operator::matches) return match(subject, op, {scalar(choices.pick(patterns))});
    if (op == Operator::at_least || op == Operator::at_most)
        return match(subject, op, {scalar(static_cast<int>(choices.below(8)))});
    std::vector<config::Scalar> operands = {make_operand(choices, is_text)};
    if (is_list && choices.below(2)) operands.push_back(make_operand(choices, is_text));
    return match(subject, op, std::move(operands));
}

config::Entry make_group(Choices& choices, EntryKind kind, int depth) {
    std::vector<config::Rule> rules;
    for (std::size_t left = 1 + choices.below(3); left > 0; --left) {
        rules.push_back(make_rule(choices, depth - 1));
        rules.back().shadow = choices.once_in(8);
    }
    return group(kind, std::move(rules));
}

config::Entry make_entry(Choices& choices, int depth) {
    constexpr EntryKind leaves[] = {EntryKind::claims,  EntryKind::request, EntryKind::claims,
                                    EntryKind::scopes,  EntryKind::roles,   EntryKind::any_scope,
                                    EntryKind::groups,  EntryKind::client,  EntryKind::acr,
                                    EntryKind::max_age, EntryKind::source,  EntryKind::issuer};
    constexpr EntryKind groups[] = {EntryKind::any, EntryKind::none, EntryKind::all};
    if (depth > 0 && choices.once_in(3)) return make_group(choices, choices.pick(groups), depth);
    const EntryKind kind = choices.pick(leaves);
    if (kind == EntryKind::claims || kind == EntryKind::request)
        return matches(kind, {make_match(choices, kind)});
    if (kind == EntryKind::issuer) return entry(kind, {choices.below(2) ? "b" : "a"});
    if (kind == EntryKind::source)
        return entry(kind, {choices.below(2) ? "10.0.0.0/8" : "192.0.2.0/24"});
    config::Entry made = entry(kind, {choices.pick(grants)});
    if (kind == EntryKind::max_age) made.names.clear();
    made.duration = std::chrono::seconds(60 * choices.below(9));
    if (kind == EntryKind::scopes || kind == EntryKind::any_scope)
        made.names.push_back(choices.pick(grants));
    return made;
}

} // namespace

Situation make_situation(Choices& choices) {
    Situation s;
    s.has_token = !choices.once_in(12);
    s.claims = make_claims(choices);
    const std::vector<std::string> customers = {"ada", "bob", "42"};
    s.customer = choices.pick(customers);
    s.headers = make_list_of(choices, {"x-h", "x-g"});
    s.query = make_list_of(choices, {"q", "p"});
    return s;
}

config::Rule make_rule(Choices& choices, int depth) {
    std::vector<config::Entry> entries;
    for (std::size_t left = 1 + choices.below(3); left > 0; --left)
        entries.push_back(make_entry(choices, depth));
    return rule(std::move(entries));
}

} // namespace support::oracle
