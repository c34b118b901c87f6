#pragma once

// Encoded points of Ed25519 and Ed448 (RFC 8032 5.1.2, 5.2.2) that no honest key is.

#include <string_view>

namespace policy::jose {

/// The y coordinate is not below the field's prime, or a bit is set that has no meaning: a second
/// spelling of a point.
bool is_canonical_ed25519(std::string_view point);
bool is_canonical_ed448(std::string_view point);

/// A point whose order divides the cofactor: with such a "key" a signature can hold for every
/// message. `point` is canonical.
bool is_small_order_ed25519(std::string_view point);
bool is_small_order_ed448(std::string_view point);

} // namespace policy::jose
