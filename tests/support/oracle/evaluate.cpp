#include "tests/support/oracle/evaluate.hpp"

#include "tests/support/oracle/template.hpp"

#include <algorithm>
#include <cstdlib>
#include <regex.h>

namespace support::oracle {
namespace {

using config::EntryKind;
using config::Operator;

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

long double number_of(const std::string& text) { return std::strtold(text.c_str(), nullptr); }

/// What a condition looks at: one claim or one text of the request.
struct Subject {
    bool is_there = false;
    bool is_unclear = false;
    Json value;
};

Subject find_subject(EntryKind kind, const std::string& path, const Situation& s) {
    if (kind == EntryKind::claims) {
        const Json* claim = find_claim(s.claims, path);
        return claim ? Subject{true, false, *claim} : Subject{};
    }
    const Filled filled = fill('{' + path + '}', s, Filled::Empty::counts);
    if (filled.state == Filled::State::unclear) return {false, true, {}};
    if (filled.state == Filled::State::missing) return {};
    return {true, false, json_text(filled.text)};
}

/// A scalar of the configuration as JSON; its templates are filled already.
Json to_json(const config::Scalar& scalar) {
    if (const auto* value = std::get_if<bool>(&scalar.value)) return json_boolean(*value);
    if (const auto* value = std::get_if<std::int64_t>(&scalar.value))
        return json_number(std::to_string(*value));
    if (const auto* value = std::get_if<double>(&scalar.value))
        return json_number(std::to_string(*value));
    if (const auto* value = std::get_if<std::string>(&scalar.value)) return json_text(*value);
    return {};
}

bool equal(const Json& a, const Json& b) {
    if (a.kind != b.kind || !a.is_scalar()) return false;
    if (a.kind == Json::Kind::boolean) return a.boolean == b.boolean;
    if (a.kind == Json::Kind::number) return number_of(a.text) == number_of(b.text);
    return a.text == b.text;
}

bool is_in(const Json& value, const std::vector<Json>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Json& one) { return equal(value, one); });
}

/// By POSIX, not by RE2; the patterns of make_rule() mean the same in both.
bool is_match(const std::string& text, const std::string& pattern) {
    regex_t compiled;
    if (regcomp(&compiled, ("^(" + pattern + ")$").c_str(), REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    regfree(&compiled);
    return found;
}

bool compare(Operator op, const Json& value, const std::vector<Json>& operands) {
    const Json& first = operands.front();
    const bool is_text = value.kind == Json::Kind::string;
    const auto held = [&](const Json& operand) { return is_in(operand, value.items); };
    switch (op) {
    case Operator::equals:
    case Operator::one_of: return value.is_scalar() && is_in(value, operands);
    case Operator::not_equals:
    case Operator::none_of: return value.is_scalar() && !is_in(value, operands);
    case Operator::contains:
    case Operator::contains_all:
        return value.kind == Json::Kind::array &&
               std::all_of(operands.begin(), operands.end(), held);
    case Operator::contains_any:
        return value.kind == Json::Kind::array &&
               std::any_of(operands.begin(), operands.end(), held);
    case Operator::prefix:
        return is_text && !first.text.empty() && value.text.rfind(first.text, 0) == 0;
    case Operator::suffix:
        return is_text && !first.text.empty() && value.text.size() >= first.text.size() &&
               value.text.substr(value.text.size() - first.text.size()) == first.text;
    case Operator::matches: return is_text && is_match(value.text, first.text);
    case Operator::at_least:
        return value.kind == Json::Kind::number && number_of(value.text) >= number_of(first.text);
    case Operator::at_most:
        return value.kind == Json::Kind::number && number_of(value.text) <= number_of(first.text);
    case Operator::exists: break;
    }
    return false;
}

Truth judge(const config::Condition& condition, const Subject& subject, const Situation& s) {
    if (subject.is_unclear) return Truth::unclear;
    if (condition.op == Operator::exists)
        return truth(subject.is_there == std::get<bool>(condition.operands[0].value));
    if (!subject.is_there) return Truth::no;
    std::vector<Json> operands;
    for (config::Scalar operand : condition.operands) {
        if (auto* text = std::get_if<std::string>(&operand.value);
            text && condition.op != Operator::matches) {
            const Filled filled = fill(*text, s);
            if (filled.state == Filled::State::unclear) return Truth::unclear;
            if (filled.state == Filled::State::missing) return Truth::no;
            *text = filled.text;
        }
        operands.push_back(to_json(operand));
    }
    return truth(compare(condition.op, subject.value, operands));
}

Truth judge_matches(const config::Entry& entry, const Situation& s) {
    if (entry.kind == EntryKind::claims && !s.has_token) return Truth::no;
    for (const config::Match& match : entry.matches)
        for (const config::Condition& condition : match.conditions) {
            const Truth held = judge(condition, find_subject(entry.kind, match.subject, s), s);
            if (held != Truth::yes) return held;
        }
    return Truth::yes;
}

/// A list of words in one of the forms that providers use.
bool has_word(const Json* place, const std::string& word) {
    if (!place) return false;
    if (place->kind == Json::Kind::string)
        return (' ' + place->text + ' ').find(' ' + word + ' ') != std::string::npos;
    if (place->kind == Json::Kind::array) return is_in(json_text(word), place->items);
    return false;
}

bool has_grant(const config::Entry& entry, const std::string& name, const Json& claims) {
    const auto held = [&](const Json* place) {
        return has_word(place, name) ||
               (place && place->kind == Json::Kind::object && place->find(name));
    };
    if (entry.kind == EntryKind::roles)
        return held(claims.find("roles")) || held(find_claim(claims, "realm_access.roles"));
    if (entry.kind == EntryKind::groups) return held(claims.find("groups"));
    return has_word(claims.find("scope"), name) || has_word(claims.find("scp"), name);
}

bool has_grants(const config::Entry& entry, const Json& claims) {
    const auto held = [&](const std::string& name) { return has_grant(entry, name, claims); };
    if (entry.kind == EntryKind::any_scope)
        return std::any_of(entry.names.begin(), entry.names.end(), held);
    return std::all_of(entry.names.begin(), entry.names.end(), held);
}

/// The login: recent enough, and not in the future beyond the issuer's leeway of 30 s.
bool is_fresh(const config::Entry& entry, const Situation& s) {
    const Json* login = s.claims.find("auth_time");
    if (!login) return false;
    const long double age = static_cast<long double>(s.now) - number_of(login->text);
    return age >= -30 && age * 1000 <= static_cast<long double>(entry.duration.count());
}

Truth judge_group(const config::Entry& entry, const Situation& s) {
    Truth result = entry.kind == EntryKind::any ? Truth::no : Truth::yes;
    for (const config::Rule& rule : entry.rules) {
        if (rule.shadow) continue;
        const Truth held = evaluate(rule, s);
        if (entry.kind == EntryKind::all && held != Truth::yes) return held;
        if (entry.kind == EntryKind::any && held == Truth::yes) return Truth::yes;
        if (entry.kind == EntryKind::none && held == Truth::yes) return Truth::no;
        if (held == Truth::unclear) result = Truth::unclear;
    }
    return result;
}

Truth judge(const config::Entry& entry, const Situation& s) {
    switch (entry.kind) {
    case EntryKind::claims:
    case EntryKind::request: return judge_matches(entry, s);
    case EntryKind::all:
    case EntryKind::any:
    case EntryKind::none: return judge_group(entry, s);
    // The client is 192.0.2.7, and these are all the networks that make_rule() knows.
    case EntryKind::source: return truth(entry.names[0] != "10.0.0.0/8");
    default: break;
    }
    if (!s.has_token) return Truth::no;
    const Json* acr = s.claims.find("acr");
    switch (entry.kind) {
    case EntryKind::issuer: return truth(entry.names[0] == "a");
    case EntryKind::client:
        for (const char* name : {"azp", "client_id"})
            if (const Json* client = s.claims.find(name))
                return truth(client->text == entry.names[0]);
        return Truth::no;
    case EntryKind::acr:
        return truth(acr && std::find(entry.names.begin(), entry.names.end(), acr->text) !=
                                entry.names.end());
    case EntryKind::max_age: return truth(is_fresh(entry, s));
    default: return truth(has_grants(entry, s.claims));
    }
}

} // namespace

Truth evaluate(const config::Rule& rule, const Situation& situation) {
    for (const config::Entry& entry : rule.entries)
        if (const Truth held = judge(entry, situation); held != Truth::yes) return held;
    return Truth::yes;
}

} // namespace support::oracle
