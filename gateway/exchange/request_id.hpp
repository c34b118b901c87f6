#pragma once

// X-Request-ID: believed from trusted proxies when it is 1 to 128 bytes of [A-Za-z0-9._-], else
// made here as a UUIDv7 (RFC 9562 5.7): unique, and sorted by time.

#include "policy/message.hpp"
#include "policy/scratch.hpp"

#include <chrono>
#include <cstdint>
#include <random>
#include <string_view>

namespace gateway {

/// For ids, not for secrets. One per worker.
using Random = std::mt19937_64;

/// Drops the client's field in any case; the result lives as long as `head`'s bytes and `scratch`.
std::string_view choose_request_id(policy::RequestHead& head, bool trusted, Random& random,
                                   policy::Scratch& scratch);

/// 36 bytes at `out`.
void write_uuid7(char* out, std::chrono::milliseconds since_1970, std::uint64_t random_high,
                 std::uint64_t random_low);

} // namespace gateway
