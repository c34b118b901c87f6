#pragma once

// What says how long a message is and whether its connection stays (RFC 9112 6 and 9.3), for
// requests and responses alike. Far stricter than the RFC: one field, one spelling, no list. What
// is left has one reading.

#include "policy/message.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace gateway::http1 {

/// 1 to 18 digits without a leading zero, so that no reader sees an octal number or overflows.
std::optional<std::uint64_t> parse_content_length(std::string_view value);

/// Collects the fields that matter as they are met; the questions are asked when all were seen.
class Framing {
public:
    /// False when the field makes the framing ambiguous; the message must be refused.
    bool take(const policy::Field& field);

    /// `otherwise` is what a message without either field has. Nothing: the framing is invalid.
    std::optional<policy::BodyFraming> body(int minor_version,
                                            policy::BodyFraming::Kind otherwise) const;
    bool keep_alive(int minor_version) const;

private:
    bool take_connection(std::string_view list);

    std::optional<std::uint64_t> length_;
    bool chunked_ = false;
    bool close_ = false;
    bool keep_alive_ = false;
};

} // namespace gateway::http1
