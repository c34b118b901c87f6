#include "config/json_string.hpp"

namespace config {

std::string json_string(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '"' || byte == '\\') out += '\\';
        if (byte >= 0x20) {
            out += c;
            continue;
        }
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out + '"';
}

} // namespace config
