#include "policy/rule/claim_path.hpp"

#include <algorithm>
#include <charconv>

namespace policy::rule {

namespace {

constexpr std::size_t max_steps = 16;

/// RFC 6901 3: `~1` is '/', `~0` is '~'.
bool parse_pointer(std::string_view text, ClaimPath& path, std::string& error) {
    path.is_pointer = true;
    while (!text.empty()) {
        text.remove_prefix(1);
        const std::size_t end = std::min(text.find('/'), text.size());
        std::string step;
        for (std::size_t i = 0; i < end; ++i) {
            if (text[i] != '~') {
                step += text[i];
                continue;
            }
            const char next = i + 1 < end ? text[++i] : ' ';
            if (next != '0' && next != '1') {
                error = "'~' in a JSON Pointer must be followed by 0 or 1";
                return false;
            }
            step += next == '1' ? '/' : '~';
        }
        path.steps.push_back(std::move(step));
        text.remove_prefix(end);
    }
    return true;
}

/// `[name]` or `["name"]` at the start of `text`, which is cut by it.
bool take_bracket(std::string_view& text, ClaimPath& path, std::string& error) {
    const std::size_t close = text.find(']');
    if (close == text.npos) {
        error = "'[' without ']'";
        return false;
    }
    std::string_view name = text.substr(1, close - 1);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
        name = name.substr(1, name.size() - 2);
    text.remove_prefix(close + 1);
    if (name.empty()) error = "a name in brackets is empty";
    path.steps.emplace_back(name);
    return !name.empty();
}

bool parse_dotted(std::string_view text, ClaimPath& path, std::string& error) {
    for (bool first = true; !text.empty(); first = false) {
        if (text.front() == '[') {
            if (!take_bracket(text, path, error)) return false;
            continue;
        }
        if (!first) {
            if (text.front() != '.') {
                error = "after ']' comes '.', '[' or the end";
                return false;
            }
            text.remove_prefix(1);
        }
        const std::size_t end = std::min(text.find_first_of(".["), text.size());
        if (end == 0) {
            error = "a name between dots is empty";
            return false;
        }
        path.steps.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return true;
}

std::optional<JsonValue> find_element(const JsonValue& array, std::string_view step) {
    std::size_t index = 0;
    const char* const end = step.data() + step.size();
    const auto [next, failure] = std::from_chars(step.data(), end, index);
    if (failure != std::errc{} || next != end || (step.size() > 1 && step.front() == '0'))
        return {};
    auto element = array.first();
    for (; element && index > 0; --index) element = element->next();
    return element;
}

} // namespace

std::optional<ClaimPath> parse_claim_path(std::string_view text, std::string& error) {
    ClaimPath path{std::string(text), {}, false};
    if (text.empty()) {
        error = "a claim needs a name";
        return {};
    }
    if (text.front() == '/') {
        if (!parse_pointer(text, path, error)) return {};
    } else if (text.substr(0, text.find('[')).find("://") != text.npos) {
        path.steps.emplace_back(text);
    } else if (!parse_dotted(text, path, error)) {
        return {};
    }
    if (path.steps.size() > max_steps) {
        error = "a claim path has at most 16 steps";
        return {};
    }
    return path;
}

std::optional<JsonValue> find_claim(const JsonDocument& claims, const ClaimPath& path) {
    std::optional<JsonValue> value = claims.root();
    for (const std::string& step : path.steps) {
        value = path.is_pointer && value->is(JsonType::array) ? find_element(*value, step)
                                                              : value->find(step);
        if (!value) return {};
    }
    return value;
}

} // namespace policy::rule
