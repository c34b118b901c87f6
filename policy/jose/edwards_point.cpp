#include "policy/jose/edwards_point.hpp"

#include <algorithm>
#include <array>

namespace policy::jose {

namespace {

template <std::size_t Size> using Bytes = std::array<unsigned char, Size>;

// Little-endian, as points are encoded.

constexpr Bytes<32> prime_25519 = [] { // 2^255 - 19
    Bytes<32> p{};
    p.fill(0xff);
    p[0] = 0xed;
    p[31] = 0x7f;
    return p;
}();

constexpr Bytes<56> prime_448 = [] { // 2^448 - 2^224 - 1
    Bytes<56> p{};
    p.fill(0xff);
    p[28] = 0xfe;
    return p;
}();

/// y of the four points of order 8; the other two are its negation.
constexpr Bytes<32> order_eight = {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
                                   0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
                                   0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05};

template <std::size_t Size> Bytes<Size> take(std::string_view text) {
    Bytes<Size> bytes{};
    std::transform(text.begin(), text.begin() + Size, bytes.begin(),
                   [](char c) { return static_cast<unsigned char>(c); });
    return bytes;
}

template <std::size_t Size> bool is_below(const Bytes<Size>& a, const Bytes<Size>& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

/// prime - y, for 0 < y < prime.
template <std::size_t Size> Bytes<Size> negate(const Bytes<Size>& y, const Bytes<Size>& prime) {
    Bytes<Size> result{};
    unsigned borrow = 0;
    for (std::size_t i = 0; i < Size; ++i) {
        const unsigned difference = prime[i] - y[i] - borrow;
        result[i] = static_cast<unsigned char>(difference & 0xff);
        borrow = difference >> 31;
    }
    return result;
}

/// y of a point without the bit that tells the sign of x.
Bytes<32> y_of_ed25519(std::string_view point) {
    Bytes<32> y = take<32>(point);
    y[31] &= 0x7f;
    return y;
}

/// Zero, one and minus one are the y of the points of order 4, 1 and 2 on both curves.
template <std::size_t Size> bool is_zero_or_unit(const Bytes<Size>& y, const Bytes<Size>& prime) {
    const Bytes<Size> zero{}, one{1};
    return y == zero || y == one || y == negate(one, prime);
}

} // namespace

bool is_canonical_ed25519(std::string_view point) {
    return is_below(y_of_ed25519(point), prime_25519);
}

bool is_canonical_ed448(std::string_view point) {
    const bool spare_bits = (static_cast<unsigned char>(point[56]) & 0x7f) != 0;
    return !spare_bits && is_below(take<56>(point), prime_448);
}

bool is_small_order_ed25519(std::string_view point) {
    const Bytes<32> y = y_of_ed25519(point);
    return is_zero_or_unit(y, prime_25519) || y == order_eight ||
           y == negate(order_eight, prime_25519);
}

bool is_small_order_ed448(std::string_view point) {
    return is_zero_or_unit(take<56>(point), prime_448);
}

} // namespace policy::jose
