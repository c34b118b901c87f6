#pragma once

// Shapes of texts that several readers take. Their patterns let through all that the readers do,
// and catch what is plainly something else.

#include "config/decode/shape.hpp"

namespace config::decode {

inline constexpr std::string_view token_pattern = R"(^[!#$%&'*+.^_`|~0-9A-Za-z-]+$)";
inline constexpr std::string_view name_pattern = R"(^[A-Za-z0-9_.-]{1,64}$)"; ///< is_good_name()

namespace shape {

inline constexpr Shape token = text_like(token_pattern);
inline constexpr Shape tokens = texts_of(token); ///< methods and names of headers
inline constexpr Shape url = form(R"(^[Hh][Tt][Tt][Pp][Ss]?://.+$)");
inline constexpr Shape bind = form(R"(^(\[[0-9A-Fa-f:.]+\]|[0-9.]+):[0-9]{1,5}$)");
inline constexpr Shape network = form(R"(^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$)");
inline constexpr Shape networks = texts_of(network);

} // namespace shape
} // namespace config::decode
