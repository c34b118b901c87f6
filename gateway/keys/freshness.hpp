#pragma once

// How long a response may be used (RFC 9111 5.2.2), as far as a key set needs it.

#include <chrono>
#include <optional>
#include <string_view>

namespace gateway::keys {

/// The max-age of a Cache-Control value less the response's age; zero for no-store, no-cache, or an
/// age beyond it. Nothing when the provider does not say.
std::optional<std::chrono::seconds> parse_max_age(std::string_view cache_control,
                                                  std::string_view age);

} // namespace gateway::keys
