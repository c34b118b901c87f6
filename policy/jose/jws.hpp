#pragma once

// The compact form (RFC 7515 7.1) as views; nothing is decoded or believed.

#include <optional>
#include <string_view>

namespace policy::jose {

struct Jws {
    std::string_view header, payload, signature; ///< each still base64url
    std::string_view signed_text; ///< header, dot, payload, as received (RFC 7515 5.2)
};

/// Nothing unless there are exactly two dots with something before the first and after the second.
/// Whether the parts are base64url is for the decoder, which has to look at each byte anyway.
std::optional<Jws> split_jws(std::string_view token);

} // namespace policy::jose
