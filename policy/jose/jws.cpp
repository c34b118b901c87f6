#include "policy/jose/jws.hpp"

namespace policy::jose {

std::optional<Jws> split_jws(std::string_view token) {
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos || first == 0) return std::nullopt;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos || second + 1 == token.size()) return std::nullopt;
    const std::string_view signature = token.substr(second + 1);
    if (signature.find('.') != std::string_view::npos) return std::nullopt;
    return Jws{token.substr(0, first), token.substr(first + 1, second - first - 1), signature,
               token.substr(0, second)};
}

} // namespace policy::jose
