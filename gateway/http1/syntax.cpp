#include "gateway/http1/syntax.hpp"

#include <algorithm>
#include <cstddef>

namespace gateway::http1 {

namespace {

/// Whether `is_bad` holds for a byte. Most bytes of a head are looked at here and nearly all are
/// good, so there is no early end: compilers turn the fixed blocks into vector instructions. The
/// last block overlaps the one before it.
template <class IsBad> bool any_byte(std::string_view text, IsBad is_bad) {
    constexpr std::size_t block = 16;
    std::array<unsigned char, block> bad{};
    const auto look = [&bad, is_bad](const char* at) {
        for (std::size_t i = 0; i < block; ++i)
            bad[i] = static_cast<unsigned char>(bad[i] | is_bad(static_cast<unsigned char>(at[i])));
    };
    if (text.size() < block)
        return std::ranges::any_of(
            text, [is_bad](char c) { return is_bad(static_cast<unsigned char>(c)) != 0; });
    for (std::size_t at = 0; at + block <= text.size(); at += block) look(text.data() + at);
    look(text.data() + text.size() - block);
    return std::ranges::any_of(bad, [](unsigned char hit) { return hit != 0; });
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
    return any_byte(text, [](unsigned char c) -> unsigned char {
        return ((c < 0x20) & (c != '\t')) | (c == 0x7f);
    });
}

bool has_obs_text(std::string_view text) {
    return any_byte(text, [](unsigned char c) -> unsigned char { return c & 0x80; });
}

bool is_visible(std::string_view text) {
    return !text.empty() && !any_byte(text, [](unsigned char c) -> unsigned char {
        return (c <= 0x20) | (c >= 0x7f);
    });
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
