#pragma once

// The character rules of RFC 9110 and 9112 as table lookups, shared by parser, chunk decoder and
// writer. Pure functions; nothing here allocates or throws.

#include <array>
#include <cstddef>
#include <string_view>

namespace gateway::http1 {

constexpr std::size_t max_method = 32;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

namespace detail {

constexpr std::array<bool, 256> make_token_table() {
    std::array<bool, 256> table{};
    for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
    return table;
}
inline constexpr auto token_table = make_token_table();

} // namespace detail

constexpr bool is_token_char(char c) { return detail::token_table[static_cast<unsigned char>(c)]; }

/// RFC 9110 5.6.2: one or more tchar.
bool is_token(std::string_view text);

/// A byte that no field value or start line may hold: 0x00-0x1f save HT, or 0x7f (RFC 9110 5.5).
bool has_control(std::string_view text);

/// A byte of 0x80 or more: obs-text, which some parsers trim, decode or cut.
bool has_obs_text(std::string_view text);

/// Visible ASCII only, as in a request target; false for empty text.
bool is_visible(std::string_view text);

/// `host` or `host:port` as Host may say it (RFC 9110 7.2), strictly: a name of letters, digits,
/// '-', '_' and non-empty labels, or an address; IPv6 in brackets and without a zone; a port from 1
/// to 65535.
bool is_authority(std::string_view text);

} // namespace gateway::http1
