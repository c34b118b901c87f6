#include "policy/address.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace policy {

namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// Four decimal bytes without leading zeros, which some parsers read as octal.
bool parse_v4(std::string_view text, std::uint8_t* out) {
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') return false;
            text.remove_prefix(1);
        }
        unsigned value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
            value = value * 10 + static_cast<unsigned>(text[digits] - '0');
            if (++digits > 3) return false;
        }
        if (digits == 0 || value > 255 || (digits > 1 && text.front() == '0')) return false;
        out[part] = static_cast<std::uint8_t>(value);
        text.remove_prefix(digits);
    }
    return text.empty();
}

/// One to four hexadecimal digits at the start of `text`, which is cut by them.
bool take_group(std::string_view& text, std::uint8_t* out) {
    unsigned value = 0;
    const char* end = text.data() + std::min<std::size_t>(text.size(), 4);
    const auto [next, error] = std::from_chars(text.data(), end, value, 16);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(next - text.data()));
    out[0] = static_cast<std::uint8_t>(value >> 8);
    out[1] = static_cast<std::uint8_t>(value & 0xff);
    return true;
}

/// RFC 4291 2.2: groups, at most one `::`, and perhaps an IPv4 tail.
bool parse_v6(std::string_view text, std::array<std::uint8_t, 16>& out) {
    std::array<std::uint8_t, 16> bytes{};
    std::size_t size = 0;
    std::optional<std::size_t> gap;
    if (text.starts_with("::")) {
        gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        if (size == 16) return false;
        const std::size_t colon = text.find(':');
        if (colon == text.npos && text.find('.') != text.npos) {
            if (size > 12 || !parse_v4(text, &bytes[size])) return false;
            size += 4;
            break;
        }
        if (!take_group(text, &bytes[size])) return false;
        size += 2;
        if (text.empty()) break;
        if (text.front() != ':' || text.size() == 1) return false;
        text.remove_prefix(1);
        if (text.front() != ':') continue;
        if (gap) return false;
        gap = size;
        text.remove_prefix(1);
    }
    if (gap ? size > 14 : size != 16) return false;
    out = {};
    const std::size_t head = gap.value_or(16);
    for (std::size_t i = 0; i < head; ++i) out[i] = bytes[i];
    for (std::size_t i = head; i < size; ++i) out[16 - size + i] = bytes[i];
    return true;
}

/// Start and length of the longest run of two or more zero groups (RFC 5952 4.2); start -8 when
/// there is none.
std::pair<int, int> longest_zero_run(const std::array<std::uint8_t, 16>& bytes) {
    std::pair<int, int> best{-8, 1};
    for (int i = 0; i < 8;) {
        int j = i;
        while (j < 8 && bytes[static_cast<std::size_t>(2 * j)] == 0 &&
               bytes[static_cast<std::size_t>(2 * j + 1)] == 0)
            ++j;
        if (j - i > best.second) best = {i, j - i};
        i = j + 1;
    }
    return best;
}

} // namespace

bool Address::is_v4() const {
    for (std::size_t i = 0; i < v4_prefix.size(); ++i)
        if (bytes[i] != v4_prefix[i]) return false;
    return true;
}

char* Address::print(char* out) const {
    if (is_v4()) {
        for (std::size_t i = 12; i < 16; ++i) {
            if (i > 12) *out++ = '.';
            out = std::to_chars(out, out + 3, bytes[i]).ptr;
        }
        return out;
    }
    const auto [gap, length] = longest_zero_run(bytes);
    for (int i = 0; i < 8; ++i) {
        if (i == gap) {
            *out++ = ':';
            *out++ = ':';
            i += length - 1;
            continue;
        }
        if (i > 0 && i != gap + length) *out++ = ':';
        const auto at = static_cast<std::size_t>(2 * i);
        const unsigned group = static_cast<unsigned>(bytes[at]) << 8 | bytes[at + 1];
        out = std::to_chars(out, out + 4, group, 16).ptr;
    }
    return out;
}

std::string Address::to_string() const {
    std::array<char, text_size> text;
    return {text.data(), print(text.data())};
}

std::optional<Address> parse_address(std::string_view text) {
    Address address;
    if (text.find(':') != text.npos) {
        if (!parse_v6(text, address.bytes)) return {};
        return address;
    }
    for (std::size_t i = 0; i < v4_prefix.size(); ++i) address.bytes[i] = v4_prefix[i];
    if (!parse_v4(text, &address.bytes[12])) return {};
    return address;
}

bool Network::contains(const Address& other) const {
    const std::size_t whole = prefix / 8;
    for (std::size_t i = 0; i < whole; ++i)
        if (address.bytes[i] != other.bytes[i]) return false;
    const unsigned rest = prefix % 8;
    if (rest == 0) return true;
    const unsigned mask = 0xffu << (8 - rest);
    return ((address.bytes[whole] ^ other.bytes[whole]) & mask & 0xffu) == 0;
}

std::optional<Network> parse_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return {};
    if (slash == text.npos) return Network{*address, 128};
    const std::string_view digits = text.substr(slash + 1);
    const bool v4 = text.substr(0, slash).find(':') == text.npos;
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size()) return {};
    if ((digits.size() > 1 && digits.front() == '0') || bits > (v4 ? 32u : 128u)) return {};
    return Network{*address, static_cast<std::uint8_t>(v4 ? bits + 96 : bits)};
}

} // namespace policy
