#pragma once

// Small helpers for text: what may be read, how a found value is shown, and which known word is
// meant.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace config {

/// Offset of the first byte that is not well-formed UTF-8 (RFC 3629: no overlong forms, no
/// surrogates), or npos.
std::size_t find_invalid_utf8(std::string_view text);

/// Offset of the first control byte (below 0x20, or 0x7f), or npos.
std::size_t find_control(std::string_view text);

/// A name of HTTP: RFC 9110 5.6.2 `token`.
bool is_token(std::string_view text);

std::string lower_case(std::string_view text); ///< ASCII only

/// The text in quotes for a message: cut after 60 bytes, control bytes shown as '?'.
std::string in_quotes(std::string_view text);
/// The same in backticks, for keys and names of the language.
std::string in_backticks(std::string_view text);

/// The candidate that was probably meant: the smallest edit distance (a swap of neighbours counts
/// one), at most a third of the length and never more than 3. Empty when none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean `orders`?", or nothing when no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// "`a`, `b` or `c`".
std::string one_of(std::span<const std::string_view> words);

} // namespace config
