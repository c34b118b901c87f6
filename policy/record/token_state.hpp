#pragma once

#include <cstdint>
#include <string_view>

namespace policy::record {

/// What of a token was there to decide on.
enum class TokenState : std::uint8_t {
    unseen,  ///< the route looks for none, or there was no route
    none,    ///< it looks for one, and none was sent
    proven,  ///< its signature held
    refused, ///< something was sent that is not believed
};

constexpr std::string_view token_states[] = {"unseen", "none", "proven", "refused"};

constexpr std::string_view to_string(TokenState state) {
    return token_states[static_cast<std::size_t>(state)];
}

} // namespace policy::record
