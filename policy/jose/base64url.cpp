#include "policy/jose/base64url.hpp"

#include <array>
#include <cstdint>

namespace policy::jose {

namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t invalid = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(invalid);
    for (std::uint8_t i = 0; i < 64; ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
    return values;
}

constexpr auto values = make_values();

std::uint32_t value_of(char c) { return values[static_cast<unsigned char>(c)]; }

} // namespace

std::optional<std::size_t> decode_base64url(std::string_view text, char* out) {
    const std::size_t rest = text.size() % 4;
    if (rest == 1) return std::nullopt;
    char* const begin = out;
    std::uint32_t bad = 0; // collects, so that the loop has no branch

    const char* at = text.data();
    for (const char* end = at + (text.size() - rest); at != end; at += 4) {
        const std::uint32_t a = value_of(at[0]), b = value_of(at[1]), c = value_of(at[2]),
                            d = value_of(at[3]);
        bad |= a | b | c | d;
        const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        *out++ = static_cast<char>(bits >> 16);
        *out++ = static_cast<char>(bits >> 8);
        *out++ = static_cast<char>(bits);
    }
    if (rest != 0) {
        const std::uint32_t a = value_of(at[0]), b = value_of(at[1]),
                            c = rest == 3 ? value_of(at[2]) : 0;
        bad |= a | b | c;
        const std::uint32_t bits = a << 18 | b << 12 | c << 6;
        // What the last character says beyond the last byte must be zero.
        if ((bits & (rest == 3 ? 0xffu : 0xffffu)) != 0) return std::nullopt;
        *out++ = static_cast<char>(bits >> 16);
        if (rest == 3) *out++ = static_cast<char>(bits >> 8);
    }
    if ((bad & 0xc0u) != 0) return std::nullopt;
    return static_cast<std::size_t>(out - begin);
}

std::optional<std::string> decode_base64url(std::string_view text) {
    std::string bytes(decoded_size(text.size()), '\0');
    const auto size = decode_base64url(text, bytes.data());
    if (!size) return std::nullopt;
    bytes.resize(*size);
    return bytes;
}

std::string encode_base64url(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int count = 0; // bits that wait
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 0x3fu];
    }
    if (count > 0) text += alphabet[(bits << (6 - count)) & 0x3fu];
    return text;
}

} // namespace policy::jose
