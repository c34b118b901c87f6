#include "gateway/cli/test/tree.hpp"

#include "config/decode/scalar.hpp"
#include "config/json_string.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace gateway::cli::test {
namespace {

/// Characters that mean nothing to YAML wherever they stand; a `:` only before more of them.
bool is_plain(std::string_view text) {
    constexpr std::string_view marks = "_./@:+-";
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto fits = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || marks.find(c) != marks.npos;
    };
    if (text.empty() || text.back() == ':') return false;
    if (!is_letter(text.front()) && text.front() != '/') return false;
    return std::ranges::all_of(text, fits);
}

bool is_null(std::string_view text) { return text == "null" || text == "Null" || text == "NULL"; }

std::string real_text(double value) {
    std::array<char, 32> text{};
    std::string out(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
    return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

struct ScalarText {
    std::string operator()(std::nullptr_t) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return real_text(value); }
    std::string operator()(const std::string& value) const { return value; }
};

} // namespace

const Tree* Tree::find(const std::vector<std::string>& steps) const {
    const Tree* at = this;
    for (const std::string& step : steps) {
        const auto found = std::ranges::find(at->names, step);
        if (at->kind != Kind::object || found == at->names.end()) return nullptr;
        at = &at->children[static_cast<std::size_t>(found - at->names.begin())];
    }
    return at;
}

Tree& Tree::make(const std::vector<std::string>& steps) {
    Tree* at = this;
    for (const std::string& step : steps) {
        if (at->kind != Kind::object) *at = {};
        const auto found = std::ranges::find(at->names, step);
        const auto index = static_cast<std::size_t>(found - at->names.begin());
        if (index == at->names.size()) {
            at->names.push_back(step);
            at->children.emplace_back();
        }
        at = &at->children[index];
    }
    return *at;
}

void Tree::set(config::Scalar value) {
    *this = {};
    kind = Kind::scalar;
    scalar = std::move(value);
}

void Tree::add(config::Scalar value) {
    if (kind != Kind::list) {
        *this = {};
        kind = Kind::list;
    }
    const auto is_it = [&](const Tree& child) { return child.scalar.value == value.value; };
    if (std::ranges::any_of(children, is_it)) return;
    children.emplace_back().set(std::move(value));
}

std::string to_yaml(const Tree& tree) {
    if (tree.kind == Tree::Kind::scalar) return to_yaml(tree.scalar);
    const bool is_list = tree.kind == Tree::Kind::list;
    if (tree.children.empty()) return is_list ? "[]" : "{}";
    std::string out;
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
        out += i > 0 ? ", " : "";
        if (!is_list) out += yaml_text(tree.names[i]) + ": ";
        out += to_yaml(tree.children[i]);
    }
    return is_list ? '[' + out + ']' : "{ " + out + " }";
}

std::string yaml_text(std::string_view text) {
    std::string why, hint;
    const auto scalar = config::decode::parse_plain(text, {}, why, hint);
    const bool is_text = scalar && std::holds_alternative<std::string>(scalar->value);
    return is_plain(text) && is_text && !is_null(text) ? std::string(text)
                                                       : config::json_string(text);
}

std::string to_yaml(const config::Scalar& scalar) {
    if (const auto* text = std::get_if<std::string>(&scalar.value)) return yaml_text(*text);
    return plain_text(scalar);
}

std::string plain_text(const config::Scalar& scalar) {
    return std::visit(ScalarText{}, scalar.value);
}

} // namespace gateway::cli::test
