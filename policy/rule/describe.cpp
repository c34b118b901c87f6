#include "policy/rule/describe.hpp"

#include "policy/admission.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace policy::rule {

namespace {

constexpr std::size_t max_text = 256;
constexpr const char* missing = "(missing)";

void append(std::string& out, const JsonValue& value) {
    if (out.size() > max_text) return;
    switch (value.type()) {
    case JsonType::null: out += "null"; return;
    case JsonType::boolean: out += value.boolean() ? "true" : "false"; return;
    case JsonType::number: out += value.text(); return;
    case JsonType::string: append_json_string(out, value.text().substr(0, max_text)); return;
    case JsonType::array:
    case JsonType::object: break;
    }
    const bool object = value.is(JsonType::object);
    out += object ? '{' : '[';
    bool first = true;
    for (auto child = value.first(); child; child = child->next()) {
        if (!first) out += ", ";
        first = false;
        if (object) {
            append_json_string(out, child->name());
            out += ": ";
        }
        append(out, *child);
    }
    out += object ? '}' : ']';
}

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string claim_text(const Admission& a, std::string_view name) {
    const auto value = a.proof->claims.document.root().find(name);
    return value ? describe(*value) : missing;
}

std::string places_text(const Admission& a, const std::vector<ClaimPath>& places) {
    std::string text;
    for (const ClaimPath& place : places)
        if (const auto value = find_claim(a.proof->claims.document, place))
            text += (text.empty() ? "" : ", ") + place.text + " " + describe(*value);
    if (!text.empty()) return text;
    for (const ClaimPath& place : places) text += (text.empty() ? "" : ", ") + place.text;
    return std::string(missing) + ": looked at " + text;
}

std::string age_text(const Admission& a) {
    const auto& login = a.proof->claims.authenticated;
    if (!login) return "(missing: auth_time)";
    const auto age = a.now - TimePoint(std::chrono::seconds(*login));
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(age).count()) +
           "s since the login";
}

std::string number_text(const JsonNumber& number) {
    if (number.is_integer) return std::to_string(number.integer);
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number.real).ptr};
}

std::string operand_text(const Operand& operand, const config::Scalar& scalar, const Admission& a) {
    if (scalar.from_variable) return "(the value of a variable)";
    if (std::holds_alternative<std::nullptr_t>(operand)) return "null";
    if (const auto* boolean = std::get_if<bool>(&operand)) return *boolean ? "true" : "false";
    if (const auto* number = std::get_if<JsonNumber>(&operand)) return number_text(*number);
    const Text& text = std::get<Text>(operand);
    std::string out;
    const auto value = text.evaluate(a);
    if (text.is_literal()) {
        append_json_string(out, *value);
        return out;
    }
    out = std::get<std::string>(scalar.value) + " = ";
    if (value)
        append_json_string(out, *value);
    else
        out += missing;
    return out;
}

} // namespace

std::string_view to_string(config::EntryKind kind) {
    constexpr std::array<std::string_view, 16> names = {
        "scopes",  "any_scope", "roles",   "groups", "claims", "issuer", "client", "acr",
        "max_age", "source",    "request", "all",    "any",    "none",   "policy", "certificate"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view to_string(config::Operator op) {
    constexpr std::array<std::string_view, 13> names = {
        "equals", "not_equals", "one_of",  "none_of",  "contains", "contains_any", "contains_all",
        "prefix", "suffix",     "matches", "at_least", "at_most",  "exists"};
    return names[static_cast<std::size_t>(op)];
}

std::string describe_group(const Node& node) {
    if (!node.entry) return "rule";
    std::string text(to_string(node.entry->kind));
    if (node.entry->kind == config::EntryKind::policy) text += " " + node.entry->names.front();
    return text;
}

std::string describe_entry(const Node& node) { return std::string(to_string(node.entry->kind)); }

std::string describe_expected(const Node& node) {
    if (node.entry->kind == config::EntryKind::max_age)
        return "at most " +
               std::to_string(
                   std::chrono::duration_cast<std::chrono::seconds>(node.entry->duration).count()) +
               "s since the login";
    return join(node.entry->names);
}

std::string describe_found(const Node& node, const Admission& a) {
    using config::EntryKind;
    if (node.entry->kind == EntryKind::source) return std::string(a.client_text);
    if (!a.proof || !a.issuer) return "(no token)";
    const auto& sources = a.snapshot.claim_sources(*a.issuer);
    switch (node.entry->kind) {
    case EntryKind::scopes:
    case EntryKind::any_scope: return places_text(a, sources.scopes);
    case EntryKind::roles: return places_text(a, sources.roles);
    case EntryKind::groups: return places_text(a, sources.groups);
    case EntryKind::issuer: return a.issuer->settings->name;
    case EntryKind::client: return std::string(a.proof->claims.client.value_or(missing));
    case EntryKind::acr: return claim_text(a, "acr");
    case EntryKind::max_age: return age_text(a);
    default: return missing;
    }
}

std::string describe_check(const NamedMatcher& named, const Matcher::Check& check) {
    std::string text = named.source == NamedMatcher::Source::claim ? "claims." : "request.";
    text += named.settings->subject;
    text += ' ';
    text += to_string(check.settings->op);
    return text;
}

std::string describe_operands(const Matcher::Check& check, const Admission& admission) {
    std::string text;
    for (std::size_t i = 0; i < check.operands.size(); ++i)
        text += (i == 0 ? "" : ", ") +
                operand_text(check.operands[i], check.settings->operands[i], admission);
    return text;
}

std::string describe(const Subject& subject) {
    if (subject.claim) return describe(*subject.claim);
    if (!subject.text) return missing;
    std::string out;
    append_json_string(out, subject.text->substr(0, max_text));
    return out;
}

std::string describe(const JsonValue& value) {
    std::string out;
    append(out, value);
    if (out.size() <= max_text) return out;
    // Not in the middle of a UTF-8 sequence.
    std::size_t end = max_text;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0) == 0x80) --end;
    return out.substr(0, end) + "...";
}

} // namespace policy::rule
