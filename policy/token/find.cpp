#include "policy/token/find.hpp"

#include <algorithm>
#include <array>

namespace policy::token {

namespace {

/// token68 (RFC 9110 11.2) without its trailing '='.
constexpr auto token68_bytes = [] {
    std::array<bool, 256> table{};
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    for (const char c : letters) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

bool is_token68(std::string_view text) {
    const std::size_t end = text.find_last_not_of('=');
    return end != text.npos && std::ranges::all_of(text.substr(0, end + 1), [](char c) {
               return token68_bytes[static_cast<unsigned char>(c)];
           });
}

bool is_scheme_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_visible(char c) { return c == ' ' || c == '\t' || (c > 0x20 && c < 0x7f); }

Found parse_credentials(std::string_view value) {
    if (!std::ranges::all_of(value, is_visible)) return {Reason::bad_credentials, {}};
    const auto end =
        static_cast<std::size_t>(std::ranges::find_if_not(value, is_scheme_byte) - value.begin());
    if (!iequals(value.substr(0, end), "bearer")) return {Reason::token_missing, {}};
    const std::size_t start = value.find_first_not_of(' ', end);
    if (start == value.npos || start == end || !is_token68(value.substr(start)))
        return {Reason::bad_credentials, {}};
    return {Reason::allowed, value.substr(start)};
}

} // namespace

Found find_token(const FieldList& fields) {
    const Field* only = nullptr;
    for (const Field& field : fields.all()) {
        if (field.id != FieldId::authorization) continue;
        if (only) return {Reason::several_tokens, {}};
        only = &field;
    }
    return only ? parse_credentials(only->value) : Found{};
}

} // namespace policy::token
