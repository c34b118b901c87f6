#pragma once

// The three curves of RFC 7518 6.2.1.1, each with the one algorithm that it is for (3.4).

#include "policy/jose/algorithm.hpp"

#include <cstddef>
#include <string_view>

namespace policy::jose {

struct Curve {
    std::string_view name; ///< in JOSE
    const char* group;     ///< in OpenSSL
    std::size_t size;      ///< bytes of a coordinate, and of each half of a signature
    Algorithm algorithm;
};

inline constexpr Curve curves[] = {
    {"P-256", "prime256v1", 32, Algorithm::es256},
    {"P-384", "secp384r1", 48, Algorithm::es384},
    {"P-521", "secp521r1", 66, Algorithm::es512},
};

/// nullptr for a curve that we do not use.
constexpr const Curve* find_curve(std::string_view name) {
    for (const Curve& curve : curves)
        if (curve.name == name) return &curve;
    return nullptr;
}
constexpr const Curve* find_curve_of_group(std::string_view group) {
    for (const Curve& curve : curves)
        if (curve.group == group) return &curve;
    return nullptr;
}

} // namespace policy::jose
