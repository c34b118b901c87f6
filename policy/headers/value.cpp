#include "policy/headers/value.hpp"

#include "policy/route/percent.hpp"

namespace policy::headers {

bool is_forwardable(std::string_view value) {
    constexpr std::size_t max_value = 4 * 1024;
    if (value.size() > max_value || value.starts_with(' ') || value.ends_with(' ')) return false;
    route::Utf8Checker utf8;
    unsigned char previous = 0;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return false;
        if (previous == 0xc2 && byte < 0xa0) return false; // U+0080 to U+009F
        if (byte < 0x80 && !utf8.is_complete()) return false;
        if (!utf8.feed(byte)) return false;
        previous = byte;
    }
    return utf8.is_complete();
}

} // namespace policy::headers
