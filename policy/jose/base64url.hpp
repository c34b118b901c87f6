#pragma once

// base64url as JOSE wants it (RFC 7515 2, RFC 4648 5): no padding, no white space, no line breaks,
// and trailing bits that are zero, so that one sequence of bytes has exactly one spelling.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace policy::jose {

/// How many bytes that many characters decode to at most.
constexpr std::size_t decoded_size(std::size_t characters) {
    return characters / 4 * 3 + characters % 4 * 3 / 4;
}

/// Decodes into `out`, which has room for decoded_size(text.size()) bytes, and answers how many it
/// wrote.
std::optional<std::size_t> decode_base64url(std::string_view text, char* out);
std::optional<std::string> decode_base64url(std::string_view text);

std::string encode_base64url(std::string_view bytes);

} // namespace policy::jose
