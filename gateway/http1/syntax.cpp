#include "gateway/http1/syntax.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace gateway::http1 {

namespace {

constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t highs = 0x8080808080808080;

std::uint64_t load(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Non-zero when a byte of `word` is below 0x20 or is 0x7f. A byte above 0x7f may not set it; a
/// neighbour's borrow may set it wrongly, which is why a hit is only a reason to look closely.
constexpr std::uint64_t may_hold_control(std::uint64_t word) {
    const std::uint64_t below = (word - ones * 0x20) & ~word;
    const std::uint64_t delete_zero = word ^ (ones * 0x7f);
    const std::uint64_t is_delete = (delete_zero - ones) & ~delete_zero;
    return (below | is_delete) & highs;
}

constexpr bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

constexpr bool is_name_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

constexpr bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, is_digit)) return false;
    unsigned port = 0;
    for (char c : text) port = port * 10 + static_cast<unsigned>(c - '0');
    return port >= 1 && port <= 65535;
}

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 254) return false;
    bool label = false;
    for (char c : text) {
        if (c == '.' ? !label : !is_name_char(c)) return false;
        label = c != '.';
    }
    return true;
}

bool is_bracketed(std::string_view text) {
    return text.size() >= 4 && text.size() <= 47 && std::ranges::count(text, ':') >= 2 &&
           std::ranges::all_of(text.substr(1, text.size() - 2),
                               [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

} // namespace

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool has_control(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; end - at >= 8; at += 8)
        if (may_hold_control(load(at)) != 0 && std::any_of(at, at + 8, is_control)) return true;
    return std::any_of(at, end, is_control);
}

bool has_obs_text(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; end - at >= 8; at += 8)
        if ((load(at) & highs) != 0) return true;
    return std::any_of(at, end, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_visible(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_authority(std::string_view text) {
    const std::size_t end = text.starts_with('[') ? text.find(']') : text.find(':');
    if (text.starts_with('[')) {
        if (end == text.npos || !is_bracketed(text.substr(0, end + 1))) return false;
        const std::string_view rest = text.substr(end + 1);
        return rest.empty() || (rest[0] == ':' && is_port(rest.substr(1)));
    }
    if (!is_name(text.substr(0, end))) return false;
    return end == text.npos || is_port(text.substr(end + 1));
}

} // namespace gateway::http1
