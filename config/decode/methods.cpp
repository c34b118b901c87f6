#include "config/decode/areas.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

constexpr std::array<std::string_view, 8> usual = {"GET",   "HEAD",   "POST",    "PUT",
                                                   "PATCH", "DELETE", "OPTIONS", "TRACE"};

std::string upper_case(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

void check_method(Decoder& decoder, const Node& node) {
    // RFC 9110 9.1: methods know upper and lower case, so `get` would never match.
    const std::string upper = upper_case(node.text);
    const bool is_usual = std::find(usual.begin(), usual.end(), upper) != usual.end();
    if (node.text == "*") return decoder.error(node.at, "`*` is not a method", "name each one");
    if (node.text == "CONNECT")
        return decoder.error(node.at, "CONNECT cannot be forwarded", "remove it");
    if (is_token(node.text) && (!is_usual || upper == node.text)) return;
    decoder.mismatch(node, "a method", is_usual && !node.replaced ? "write " + upper : "");
}

} // namespace

std::optional<std::vector<std::string>> read_methods(Decoder& decoder, const Node& node) {
    std::optional<std::vector<std::string>> methods = decoder.texts(node);
    if (!methods) return std::nullopt;
    for (const Node& item : node.items) check_method(decoder, item);
    return methods;
}

} // namespace config::decode
