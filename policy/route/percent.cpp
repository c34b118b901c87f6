#include "policy/route/percent.hpp"

namespace policy::route {

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

} // namespace

int parse_escape(std::string_view text, std::size_t at) {
    if (text.size() - at < 3) return -1;
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::optional<std::string_view> decode_percent(std::string_view text, Plus plus, Scratch& scratch) {
    const std::string_view special = plus == Plus::space ? "%+" : "%";
    if (text.find_first_of(special) == text.npos) return text;
    char* const out = scratch.allocate(text.size());
    if (!out) return {};
    std::size_t size = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int byte = parse_escape(text, i);
            if (byte < 0) return {};
            c = static_cast<char>(byte);
            i += 2;
        } else if (c == '+' && plus == Plus::space) {
            c = ' ';
        }
        out[size++] = c;
    }
    return std::string_view{out, size};
}

bool Utf8Checker::feed(unsigned char byte) {
    if (need_ > 0) {
        if (byte < low_ || byte > high_) return false;
        low_ = 0x80;
        high_ = 0xbf;
        --need_;
        return true;
    }
    if (byte < 0x80) return true;
    if (byte < 0xc2 || byte > 0xf4) return false;
    need_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    // The second byte's range excludes overlong forms (E0, F0), surrogates (ED) and what is too
    // large (F4).
    if (byte == 0xe0) low_ = 0xa0;
    if (byte == 0xed) high_ = 0x9f;
    if (byte == 0xf0) low_ = 0x90;
    if (byte == 0xf4) high_ = 0x8f;
    return true;
}

} // namespace policy::route
