#pragma once

// Bytes of an HTTP/1.1 head to a RequestHead or ResponseHead (RFC 9112), strictly: what two parsers
// could read in two ways is refused (threats H1-H39, H70, H120). Three steps: find the blank line
// within the limits, scan the raw bytes (bare CR or LF, folding, control bytes, field count), then
// let Beast's basic_parser split them; its callbacks fill our compact head with views into `input`,
// whose field names are lower-cased in place.

#include "policy/message.hpp"
#include "policy/reason.hpp"

#include <cstddef>
#include <span>

namespace gateway::http1 {

struct HeadLimits {
    std::size_t bytes = 16 * 1024; ///< of the whole head with its blank line
    std::size_t fields = 100;
    std::size_t target = 8 * 1024;
    std::size_t value = 8 * 1024;
};

struct HeadResult {
    enum class Kind { need_more, complete, refused };
    Kind kind = Kind::need_more;
    std::size_t size = 0; ///< complete: bytes of the head; what follows is body or next
    policy::Reason reason =
        policy::Reason::bad_request; ///< refused: bad_request, head_too_large, target_too_long,
                                     ///< not_implemented, version_not_supported, expectation_failed
};

/// Looks at `input` from its start. `scanned` is kept by the caller between calls with more bytes,
/// so that a head that comes byte by byte is scanned once; it starts at 0. One empty line before
/// the request line is skipped (RFC 9112 2.2). After `refused` the connection must end: its framing
/// is not known.
HeadResult parse_request_head(std::span<char> input, std::size_t& scanned, const HeadLimits& limits,
                              policy::RequestHead& head);

/// The same for a response to a request with this method (RFC 9112 6.3: HEAD, 1xx, 204, 304 have no
/// body). `refused` means 502 to the client and the end of the upstream connection; the reason is
/// upstream_invalid.
HeadResult parse_response_head(std::span<char> input, std::size_t& scanned,
                               const HeadLimits& limits, std::string_view request_method,
                               policy::ResponseHead& head);

} // namespace gateway::http1
