#include "policy/json.hpp"

#include <cstdint>

namespace policy {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t size = 0; ///< bytes it took; 0: not valid UTF-8 (RFC 3629 4)
};

CodePoint decode_utf8(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::uint32_t lead = byte(0);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || text.size() < size) return {};
    if (size == 1) return {lead, 1};
    std::uint32_t value = lead & (0x7fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0u) != 0x80u) return {};
        value = value << 6 | (byte(i) & 0x3fu);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < smallest[size] || value > 0x10ffff || surrogate) return {};
    return {value, size};
}

/// Besides what RFC 8259 7 asks for: C1 controls and the line separators, which some log readers
/// break lines at.
bool needs_escape(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

void append_escape(std::string& out, std::uint32_t c) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hex_digits[(c >> shift) & 0xfu];
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const CodePoint c = decode_utf8(text);
        if (c.size == 0) {
            out += "\xef\xbf\xbd"; // U+FFFD
            text.remove_prefix(1);
            continue;
        }
        if (c.value == '"' || c.value == '\\') {
            out += '\\';
            out += static_cast<char>(c.value);
        } else if (c.value == '\n') {
            out += "\\n";
        } else if (c.value == '\t') {
            out += "\\t";
        } else if (c.value == '\r') {
            out += "\\r";
        } else if (needs_escape(c.value)) {
            append_escape(out, c.value);
        } else {
            out.append(text.substr(0, c.size));
        }
        text.remove_prefix(c.size);
    }
    out += '"';
}

} // namespace policy
