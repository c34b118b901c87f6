#include "policy/jose/ecdsa_signature.hpp"

#include <cstring>

namespace policy::jose {

namespace {

/// Big-endian numbers of one length compare as their bytes do: std::string_view compares them
/// unsigned.
bool is_in_range(std::string_view number, std::string_view order) {
    return number.find_first_not_of('\0') != std::string_view::npos && number < order;
}

/// The shortest form of a non-negative INTEGER: no zeros in front, but one where the first bit is
/// set (X.690 8.3).
unsigned char* put_integer(unsigned char* out, std::string_view number) {
    number.remove_prefix(number.find_first_not_of('\0'));
    const bool pad = (static_cast<unsigned char>(number.front()) & 0x80) != 0;
    *out++ = 0x02;
    *out++ = static_cast<unsigned char>(number.size() + pad);
    if (pad) *out++ = 0;
    std::memcpy(out, number.data(), number.size());
    return out + number.size();
}

/// Takes one INTEGER off the front of `der` and answers its magnitude.
std::optional<std::string_view> take_integer(std::string_view& der) {
    if (der.size() < 3 || der[0] != 0x02) return std::nullopt;
    const std::size_t size = static_cast<unsigned char>(der[1]);
    if (size == 0 || size > 127 || der.size() < 2 + size) return std::nullopt;
    std::string_view number = der.substr(2, size);
    der.remove_prefix(2 + size);
    if (number.front() == 0) number.remove_prefix(1);
    return number;
}

} // namespace

bool encode_ecdsa_signature(std::string_view signature, std::string_view order, EcdsaDer& out) {
    const std::size_t half = order.size();
    if (signature.size() != 2 * half) return false;
    const std::string_view r = signature.substr(0, half), s = signature.substr(half);
    if (!is_in_range(r, order) || !is_in_range(s, order)) return false;

    unsigned char content[2 * (3 + 66)];
    const unsigned char* end = put_integer(put_integer(content, r), s);
    const auto size = static_cast<std::size_t>(end - content);
    unsigned char* at = out.bytes.data();
    *at++ = 0x30;
    if (size > 127) *at++ = 0x81;
    *at++ = static_cast<unsigned char>(size);
    std::memcpy(at, content, size);
    out.size = static_cast<std::size_t>(at - out.bytes.data()) + size;
    return true;
}

std::optional<std::string> decode_ecdsa_signature(std::string_view der, std::size_t size) {
    if (der.size() < 2 || der[0] != 0x30) return std::nullopt;
    der.remove_prefix(static_cast<unsigned char>(der[1]) == 0x81 ? 3 : 2);
    const auto r = take_integer(der);
    const auto s = r ? take_integer(der) : std::nullopt;
    if (!s || r->size() > size || s->size() > size) return std::nullopt;
    std::string signature(2 * size, '\0');
    signature.replace(size - r->size(), r->size(), *r);
    signature.replace(2 * size - s->size(), s->size(), *s);
    return signature;
}

} // namespace policy::jose
