#pragma once

// ECDSA signatures between JWS form, r||s (RFC 7518 3.4), and the DER that OpenSSL reads and
// writes.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace policy::jose {

struct EcdsaDer {
    std::array<unsigned char, 144> bytes; ///< P-521: 3 + 2 * (2 + 66)
    std::size_t size = 0;
};

/// False unless `signature` is exactly twice as long as `order` and 0 < r < order and 0 < s <
/// order.
bool encode_ecdsa_signature(std::string_view signature, std::string_view order, EcdsaDer& out);

/// r||s of a DER signature that OpenSSL made, each in `size` bytes.
std::optional<std::string> decode_ecdsa_signature(std::string_view der, std::size_t size);

} // namespace policy::jose
