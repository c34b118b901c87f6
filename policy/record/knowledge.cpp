#include "policy/record/knowledge.hpp"

#include "policy/record/interest.hpp"

#include <algorithm>

namespace policy::record {

namespace {

bool has_redacted(const JsonValue& value) {
    if (value.is(JsonType::string)) return value.text().starts_with('~');
    for (auto child = value.first(); child; child = child->next())
        if (has_redacted(*child)) return true;
    return false;
}

void append_step(std::string& pointer, std::string_view step) {
    pointer += '/';
    for (const char c : step) {
        if (c == '~' || c == '/')
            pointer += c == '~' ? "~0" : "~1";
        else
            pointer += c;
    }
}

bool lists(const std::optional<JsonValue>& absent, std::string_view pointer) {
    if (!absent) return false;
    for (auto entry = absent->first(); entry; entry = entry->next())
        if (entry->is(JsonType::string) && entry->text() == pointer) return true;
    return false;
}

} // namespace

Replay::Knowledge::Told Replay::Knowledge::claim(const rule::ClaimPath& path) const {
    if (!recorded_.claims) return Told::nothing;
    std::string pointer;
    JsonValue value = *recorded_.claims;
    for (const std::string& step : path.steps) {
        append_step(pointer, step);
        // Arrays are recorded whole, and nothing is inside of a scalar.
        if (!value.is(JsonType::object)) break;
        const auto inner = value.find(step);
        if (!inner) {
            const bool implied = &step == &path.steps.front() && is_always_recorded(step);
            return implied || lists(recorded_.absent, pointer) ? Told::all : Told::nothing;
        }
        value = *inner;
    }
    return has_redacted(value) ? Told::presence : Told::all;
}

Replay::Knowledge::Told Replay::Knowledge::part(const std::optional<JsonValue>& parts,
                                                std::string_view name) const {
    const auto value = parts ? parts->find(name) : std::nullopt;
    if (!value) return Told::nothing;
    return has_redacted(*value) ? Told::presence : Told::all;
}

Replay::Knowledge::Told Replay::Knowledge::subject(const rule::NamedMatcher& named) const {
    switch (named.source) {
    case rule::NamedMatcher::Source::claim: return claim(named.claim);
    case rule::NamedMatcher::Source::header: return part(recorded_.headers, named.name);
    case rule::NamedMatcher::Source::query: return part(recorded_.queries, named.name);
    default: return Told::nothing;
    }
}

void Replay::Knowledge::miss(std::string what) const {
    if (std::ranges::find(missing_, what) == missing_.end()) missing_.push_back(std::move(what));
}

bool Replay::Knowledge::hides_text(const rule::Text& text) const {
    using Kind = rule::Piece::Kind;
    bool hidden = false;
    for (const rule::Piece& piece : text.pieces()) {
        const bool is_claim = piece.kind == Kind::claim, is_header = piece.kind == Kind::header;
        if (!is_claim && !is_header && piece.kind != Kind::query) continue;
        const Told told = is_claim    ? claim(piece.claim)
                          : is_header ? part(recorded_.headers, piece.text)
                                      : part(recorded_.queries, piece.text);
        if (told == Told::all) continue;
        hidden = true;
        miss((is_claim    ? "claims: "
              : is_header ? "headers: "
                          : "queries: ") +
             (is_claim ? piece.claim.text : piece.text));
    }
    return hidden;
}

bool Replay::Knowledge::hides(const rule::NamedMatcher& named,
                              const rule::Matcher::Check& check) const {
    bool hidden = false;
    for (const rule::Operand& operand : check.operands)
        if (const auto* text = std::get_if<rule::Text>(&operand)) hidden |= hides_text(*text);
    const Told told = subject(named);
    if (told == Told::all) return hidden;
    if (told == Told::presence && check.settings->op == config::Operator::exists) return hidden;
    using Source = rule::NamedMatcher::Source;
    miss((named.source == Source::claim    ? "claims: " + named.claim.text
          : named.source == Source::header ? "headers: " + named.name
                                           : "queries: " + named.name));
    return true;
}

bool Replay::Knowledge::hides(const std::vector<rule::ClaimPath>& places) const {
    bool hidden = false;
    for (const rule::ClaimPath& place : places) {
        if (claim(place) == Told::all) continue;
        hidden = true;
        miss("claims: " + place.text);
    }
    return hidden;
}

/// Of a certificate there is nothing on record.
bool Replay::Knowledge::hides_certificate() const {
    miss("the client's certificate");
    return true;
}

bool Replay::Knowledge::hides_claim(const std::string& name) const {
    if (claim({name, {name}, false}) == Told::all) return false;
    miss("claims: " + name);
    return true;
}

} // namespace policy::record
