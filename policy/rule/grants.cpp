#include "policy/rule/grants.hpp"

#include <algorithm>

namespace policy::rule {

namespace {

bool has_word(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        if (text.substr(0, space) == word && !word.empty()) return true;
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return false;
}

bool has_name(const JsonValue& value, std::string_view name) {
    if (value.is(JsonType::string)) return has_word(value.text(), name);
    if (!value.is(JsonType::array)) return false;
    for (auto element = value.first(); element; element = element->next())
        if (element->is(JsonType::string) && element->text() == name) return true;
    return false;
}

} // namespace

bool has_scope(const JsonDocument& claims, const std::vector<ClaimPath>& places,
               std::string_view scope) {
    return std::ranges::any_of(places, [&](const ClaimPath& place) {
        const auto value = find_claim(claims, place);
        return value && has_name(*value, scope);
    });
}

bool is_held(const JsonDocument& claims, const std::vector<ClaimPath>& places,
             std::string_view name) {
    for (const ClaimPath& place : places) {
        const auto value = find_claim(claims, place);
        if (!value) continue;
        if (has_name(*value, name)) return true;
        if (value->is(JsonType::object) && value->find(name)) return true;
    }
    return false;
}

} // namespace policy::rule
