#pragma once

// One request and its answer, whichever protocol carries it. Pulled, not pushed: who reads slowly
// makes the other side wait, without watermarks. HTTP/1.1 implements it on a connection; what calls
// it never asks which protocol it got.

#include "gateway/http1/writer.hpp"
#include "gateway/io.hpp"
#include "policy/message.hpp"
#include "policy/pipeline.hpp"
#include "policy/reason.hpp"
#include "policy/scratch.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gateway {

/// The memory of one exchange: too large for an idle connection, so workers lend it from a pool.
struct ExchangeMemory {
    policy::RequestHead request;
    policy::ResponseHead response;
    std::size_t response_head_size = 0; ///< of the upstream's head, still unconsumed in its stream
    policy::Scratch scratch;
    policy::Peer peer;
    std::optional<policy::Outcome> outcome;
    policy::Findings findings;
    policy::TimePoint decided_at{}; ///< the time that `outcome` is for
    std::string_view request_id;    ///< in `scratch`, or the request's own

    void clear() {
        request_id = {};
        outcome.reset();
        findings = {};
        request.clear();
        response.clear();
        scratch.reset();
    }
};

/// A piece of a body; its bytes are valid until the next call on the same exchange.
struct BodyPiece {
    std::string_view bytes;
    bool last = false;
    /// Anything but allowed: the body ends here, badly. client_gone, request_timeout, bad_request
    /// or body_too_large.
    policy::Reason failure = policy::Reason::allowed;
};

class Exchange {
public:
    virtual ~Exchange() = default;

    virtual ExchangeMemory& memory() = 0;
    /// When the head's last byte was read.
    virtual std::chrono::steady_clock::time_point began() const = 0;

    /// The next piece of the request body, decoded; the first call sends 100 Continue where the
    /// client waits for it.
    virtual Task<BodyPiece> read_body() = 0;
    /// More than this many bytes end the body with body_too_large. Set before the first read.
    virtual void set_body_limit(std::uint64_t bytes) = 0;
    virtual bool is_body_done() const = 0;
    /// Ends a read_body() that waits, with client_gone.
    virtual void interrupt_body() = 0;

    /// Starts the answer. `framing` says how long its body is, whatever fields the head has. Call
    /// drain() when is_drained() is false before sending more. A failed write shows in drain().
    virtual void send_head(const policy::ResponseHead& head,
                           std::span<const http1::ExtraField> extra,
                           const policy::BodyFraming& framing, std::string_view first,
                           bool last) = 0;
    virtual void send_body(std::string_view bytes, bool last) = 0;
    virtual bool is_drained() const = 0;
    virtual Task<ErrorCode> drain() = 0;
    virtual ErrorCode write_error() const = 0;

    virtual bool is_started() const = 0; ///< a head was sent
    /// The answer cannot be completed: the client must see that it was cut.
    virtual void abort() = 0;

    virtual std::uint64_t body_received() const = 0;
    virtual std::uint64_t body_sent() const = 0;
};

} // namespace gateway
