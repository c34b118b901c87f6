#pragma once

// Heads and chunk framing out. Nothing unchecked leaves: a name that is not a token, or a value
// with a control byte, makes the whole head invalid and nothing is sent (threats H100, 2.13).
// Framing is ours alone: whatever length or coding fields the head carries are skipped, and exactly
// one is written from `body`.

#include "policy/message.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gateway::http1 {

/// A flat buffer that keeps its memory; one per worker. Grows to what the largest head needs.
class HeadBuffer {
public:
    void clear() { size_ = 0; }
    void append(std::string_view text);
    void append(std::uint64_t number); ///< in decimal
    std::string_view view() const { return {bytes_.data(), size_}; }

private:
    std::string bytes_;
    std::size_t size_ = 0;
};

struct ExtraField {
    std::string_view name, value;
};

/// A request for the upstream. `fields` that are dropped, and host, content-length,
/// transfer-encoding, connection are skipped; `extra` must not hold them. `query` is empty or
/// begins with '?'. False when anything in it may not be sent; `out` is then empty.
bool write_request_head(HeadBuffer& out, std::string_view method, std::string_view path,
                        std::string_view query, std::string_view host,
                        const policy::FieldList& fields, std::span<const ExtraField> extra,
                        const policy::BodyFraming& body);

/// A response for the client. `keep_alive` false adds `Connection: close`; in HTTP/1.0 true adds
/// `keep-alive`. `head_only` (an answer to HEAD) announces the length of `body`, if it has one,
/// without the body following; otherwise Kind::none is said as a length of 0 where the status
/// allows a body. A body until_close needs keep_alive false, and a chunked one a client of
/// HTTP/1.1: else the answer is false, as for anything that may not be sent.
bool write_response_head(HeadBuffer& out, const policy::ResponseHead& head,
                         std::span<const ExtraField> extra, const policy::BodyFraming& body,
                         int client_minor_version, bool keep_alive, bool head_only = false);

/// "1a2b\r\n" into `memory` (at least 18 bytes), for the chunk that follows.
std::string_view write_chunk_size(std::span<char> memory, std::size_t size);
constexpr std::string_view chunk_end = "\r\n";
constexpr std::string_view last_chunk = "0\r\n\r\n";

} // namespace gateway::http1
