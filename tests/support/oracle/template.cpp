#include "tests/support/oracle/template.hpp"

#include <optional>

namespace support::oracle {
namespace {

Filled filled(std::string text) { return {Filled::State::filled, std::move(text)}; }

std::optional<std::string> scalar(const Json& value) {
    switch (value.kind) {
    case Json::Kind::boolean: return value.boolean ? "true" : "false";
    case Json::Kind::number:
    case Json::Kind::string: return value.text;
    default: return {};
    }
}

Filled of_claim(const Situation& s, const std::string& path) {
    if (!s.has_token) return {};
    const Json* claim = find_claim(s.claims, path);
    if (!claim) return {};
    if (claim->kind != Json::Kind::array) {
        const auto text = scalar(*claim);
        return text ? filled(*text) : Filled{};
    }
    std::string joined;
    for (const Json& item : claim->items) {
        const auto text = scalar(item);
        if (!text) return {};
        if (text->find(',') != std::string::npos) return {Filled::State::unclear, {}};
        joined += (&item == &claim->items.front() ? "" : ",") + *text;
    }
    return claim->items.empty() ? Filled{} : filled(joined);
}

Filled of_list(const std::vector<std::pair<std::string, std::string>>& list,
               const std::string& name) {
    std::vector<std::string> found;
    for (const auto& [key, value] : list)
        if (key == name) found.push_back(value);
    if (found.size() > 1) return {Filled::State::unclear, {}};
    return found.empty() ? Filled{} : filled(found[0]);
}

Filled of_name(const std::string& name, const Situation& s) {
    if (name == "client.ip") return filled("192.0.2.7");
    if (name == "host") return filled("g");
    const std::string kind = name.substr(0, name.find('.'));
    const std::string rest = name.substr(kind.size() + 1);
    if (kind == "claim") return of_claim(s, rest);
    if (kind == "header") return of_list(s.headers, rest);
    if (kind == "query") return of_list(s.query, rest);
    return filled(s.customer);
}

} // namespace

Filled fill(const std::string& text, const Situation& situation, Filled::Empty empty) {
    Filled result = filled("");
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '{') {
            result.text += text[at++];
            continue;
        }
        const std::size_t end = text.find('}', at);
        const Filled value = of_name(text.substr(at + 1, end - at - 1), situation);
        if (value.state != Filled::State::filled) return value;
        if (value.text.empty() && empty == Filled::Empty::is_missing) return {};
        result.text += value.text;
        at = end + 1;
    }
    return result;
}

const Json* find_claim(const Json& claims, const std::string& path) {
    if (path.find("://") != std::string::npos) return claims.find(path);
    const std::size_t dot = path.find('.');
    const Json* value = claims.find(path.substr(0, dot));
    return !value || dot == std::string::npos ? value : find_claim(*value, path.substr(dot + 1));
}

} // namespace support::oracle
