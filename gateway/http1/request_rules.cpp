#include "gateway/http1/request_rules.hpp"

#include "gateway/http1/framing.hpp"
#include "gateway/http1/syntax.hpp"

#include <algorithm>
#include <cstdint>

namespace gateway::http1 {

namespace {

using policy::Field;
using policy::FieldId;
using policy::Reason;
using Verdict = std::optional<Reason>;

constexpr std::uint64_t bit(FieldId id) { return std::uint64_t{1} << static_cast<unsigned>(id); }
static_assert(static_cast<unsigned>(FieldId::x_request_id) < 64);

/// Fields that two parties could take from different places when they come twice (threats H39).
/// Several Authorization fields are for the policy, which has its own answer to them.
constexpr std::uint64_t singletons =
    bit(FieldId::host) | bit(FieldId::content_type) | bit(FieldId::expect) | bit(FieldId::upgrade) |
    bit(FieldId::origin) | bit(FieldId::access_control_request_method);

/// Fields that the gateway reads: a byte that some parsers trim or decode must not be in them
/// (threats H33).
constexpr std::uint64_t read_by_us =
    singletons | bit(FieldId::authorization) | bit(FieldId::connection) |
    bit(FieldId::content_length) | bit(FieldId::transfer_encoding) | bit(FieldId::te) |
    bit(FieldId::trailer) | bit(FieldId::forwarded) | bit(FieldId::x_forwarded_for) |
    bit(FieldId::x_forwarded_host) | bit(FieldId::x_forwarded_port) |
    bit(FieldId::x_forwarded_proto) | bit(FieldId::x_request_id) |
    bit(FieldId::access_control_request_headers);

/// Singletons that have no id of their own, since nothing else in the gateway asks for them.
unsigned unnamed_singleton(std::string_view name) {
    if (name == "content-encoding") return 1;
    if (name == "sec-websocket-key") return 2;
    return 0;
}

bool is_http_url(std::string_view target) {
    return policy::iequals(target.substr(0, 7), "http://") ||
           policy::iequals(target.substr(0, 8), "https://");
}

Verdict check_target(const policy::RequestHead& head) {
    // A tunnel and an echo of credentials: never through a gateway (threats H62, H95).
    if (head.method == "CONNECT" || head.method == "TRACE") return Reason::not_implemented;
    if (head.target[0] == '/' || is_http_url(head.target)) return {};
    if (head.target == "*" && head.method == "OPTIONS") return {};
    return Reason::bad_request;
}

Verdict take_host(std::span<char> input, std::string_view value, std::string_view& authority) {
    if (!is_authority(value)) return Reason::bad_request;
    char* const at = input.data() + (value.data() - input.data());
    std::transform(at, at + value.size(), at, policy::to_lower);
    authority = value;
    return {};
}

/// Everything that one field can do wrong, whatever the others say.
class FieldRules {
public:
    Verdict check(const Field& field) {
        if (field.id == FieldId::other) {
            const unsigned single = unnamed_singleton(field.name);
            if ((single & seen_unnamed_) != 0) return Reason::bad_request;
            seen_unnamed_ |= single;
            if (single != 0 && has_obs_text(field.value)) return Reason::bad_request;
            return {};
        }
        if ((bit(field.id) & singletons & seen_) != 0) return Reason::bad_request;
        seen_ |= bit(field.id);
        if ((bit(field.id) & read_by_us) != 0 && has_obs_text(field.value))
            return Reason::bad_request;
        return {};
    }

private:
    std::uint64_t seen_ = 0;
    unsigned seen_unnamed_ = 0;
};

} // namespace

Verdict apply_request_rules(std::span<char> input, policy::RequestHead& head) {
    if (const Verdict fault = check_target(head)) return fault;
    FieldRules rules;
    Framing framing;
    bool expectation = false;
    bool unknown_expectation = false;
    for (const Field& field : head.fields.all()) {
        if (const Verdict fault = rules.check(field)) return fault;
        if (!framing.take(field)) return Reason::bad_request;
        if (field.id == FieldId::host)
            if (const Verdict fault = take_host(input, field.value, head.authority)) return fault;
        if (field.id == FieldId::expect) {
            expectation = policy::iequals(field.value, "100-continue");
            unknown_expectation = !expectation;
        }
    }
    if (head.minor_version >= 1 && head.authority.empty()) return Reason::bad_request;
    const auto body = framing.body(head.minor_version, policy::BodyFraming::Kind::none);
    if (!body) return Reason::bad_request;
    // After all of 400: only a well-formed request may hear that its expectation fails.
    if (unknown_expectation) return Reason::expectation_failed;
    head.body = *body;
    head.keep_alive = framing.keep_alive(head.minor_version);
    // RFC 9110 10.1.1: ignored in HTTP/1.0, and without a body there is nothing to go on with.
    const bool has_body = body->kind == policy::BodyFraming::Kind::chunked || body->length > 0;
    head.expects_continue = expectation && has_body && head.minor_version >= 1;
    return {};
}

} // namespace gateway::http1
