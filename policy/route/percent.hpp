#pragma once

// Percent-encoding (RFC 3986 2.1) and the UTF-8 that may hide behind it.

#include "policy/scratch.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace policy::route {

/// Letters, digits and `-._~`: the bytes that mean the same encoded or not (RFC 3986 2.3).
constexpr bool is_unreserved(unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// The byte of the two hexadecimal digits that follow the '%' at `at`; -1 when they are not there.
int parse_escape(std::string_view text, std::size_t at);

enum class Plus : std::uint8_t { literal, space };

/// Decoded once; `text` itself where nothing is encoded. Nothing when an escape is broken or there
/// is no room. The result may hold any byte.
std::optional<std::string_view> decode_percent(std::string_view text, Plus plus, Scratch& scratch);

/// UTF-8 as RFC 3629 has it, byte by byte: no overlong form, no surrogate, nothing above U+10FFFF.
class Utf8Checker {
public:
    bool feed(unsigned char byte); ///< false: not UTF-8
    bool is_complete() const { return need_ == 0; }

private:
    int need_ = 0;
    unsigned char low_ = 0x80, high_ = 0xbf;
};

} // namespace policy::route
