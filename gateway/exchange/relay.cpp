#include "gateway/exchange/relay.hpp"

#include "gateway/http1/chunk_decoder.hpp"
#include "gateway/http1/head_parser.hpp"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <charconv>

namespace gateway {

namespace {

using policy::BodyFraming;
using policy::Reason;

constexpr int most_interim_answers = 16;
constexpr http1::HeadLimits response_limits{
    .bytes = 60 * 1024, .fields = 120, .target = 0, .value = 32 * 1024};

Reason reason_for(const ErrorCode& error) {
    if (error == asio::error::timed_out) return Reason::upstream_timeout;
    if (error == asio::error::no_buffer_space) return Reason::upstream_invalid;
    return Reason::upstream_failed;
}

/// Takes the body out of the upstream's bytes, whichever way it is framed.
class BodyReader {
public:
    explicit BodyReader(const BodyFraming& framing) : framing_(framing), left_(framing.length) {
        done_ = framing.kind == BodyFraming::Kind::none ||
                (framing.kind == BodyFraming::Kind::length && left_ == 0);
    }

    bool is_done() const { return done_; }
    bool is_invalid() const { return invalid_; }
    bool ends_at_close() const { return framing_.kind == BodyFraming::Kind::until_close; }

    /// The next piece of `input`, and how many bytes of it are used up. Empty: more input is
    /// needed, or the body is done.
    std::string_view next(std::string_view input, std::size_t& consumed) {
        consumed = 0;
        if (done_) return {};
        if (framing_.kind == BodyFraming::Kind::chunked) return next_chunk(input, consumed);
        consumed = input.size();
        if (framing_.kind == BodyFraming::Kind::length) {
            consumed = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
            left_ -= consumed;
            done_ = left_ == 0;
        }
        return input.substr(0, consumed);
    }

private:
    std::string_view next_chunk(std::string_view input, std::size_t& consumed) {
        const auto step = decoder_.next(input);
        consumed = step.consumed;
        done_ = step.kind == http1::ChunkDecoder::Kind::done;
        invalid_ = step.kind == http1::ChunkDecoder::Kind::refused;
        if (step.kind == http1::ChunkDecoder::Kind::data) end_with(input, consumed);
        return step.data;
    }

    // When the last chunk is here already, it belongs to this piece: the client gets both in one
    // write.
    void end_with(std::string_view input, std::size_t& consumed) {
        http1::ChunkDecoder ahead = decoder_;
        const auto step = ahead.next(input.substr(consumed));
        if (step.kind != http1::ChunkDecoder::Kind::done) return;
        consumed += step.consumed;
        done_ = true;
    }

    BodyFraming framing_;
    std::uint64_t left_;
    http1::ChunkDecoder decoder_;
    bool done_ = false;
    bool invalid_ = false;
};

std::string_view view(std::span<char> bytes) { return {bytes.data(), bytes.size()}; }

// What the head says of the body's length. HEAD has the length of an answer that does not follow
// (RFC 9110 9.3.2).
BodyFraming announced(const ExchangeMemory& memory) {
    const policy::Field* length = memory.response.fields.find(policy::FieldId::content_length);
    if (memory.request.method != "HEAD" || !length) return memory.response.body;
    BodyFraming framing{BodyFraming::Kind::length, 0};
    std::from_chars(length->value.data(), length->value.data() + length->value.size(),
                    framing.length);
    return framing;
}

Reason client_failure(const ErrorCode& error) {
    return error == asio::error::timed_out ? Reason::client_too_slow : Reason::client_gone;
}

} // namespace

Task<Reason> read_response_head(Exchange& exchange, Stream& upstream) {
    ExchangeMemory& memory = exchange.memory();
    std::size_t scanned = 0;
    int interim = 0;
    for (;;) {
        http1::HeadResult result;
        if (!upstream.input().empty())
            result = http1::parse_response_head(upstream.input(), scanned, response_limits,
                                                memory.request.method, memory.response);
        if (result.kind == http1::HeadResult::Kind::refused) co_return Reason::upstream_invalid;
        if (result.kind == http1::HeadResult::Kind::complete) {
            memory.response_head_size = result.size;
            if (memory.response.status >= 200) co_return Reason::allowed;
            if (memory.response.status == 101 || ++interim > most_interim_answers)
                co_return Reason::upstream_invalid;
            upstream.consume(result.size);
            memory.response.clear();
            scanned = 0;
            continue;
        }
        const Wait wait = upstream.input().empty() ? Wait::first : Wait::more;
        const ErrorCode error = co_await upstream.fill(wait);
        if (error) co_return reason_for(error);
    }
}

Task<Reason> relay_body(Exchange& exchange, Stream& upstream,
                        const config::UpstreamTimeouts& timeouts) {
    ExchangeMemory& memory = exchange.memory();
    BodyReader body(memory.response.body);
    const std::string_view input = view(upstream.input()).substr(memory.response_head_size);
    std::size_t consumed = 0;
    std::string_view piece = body.next(input, consumed);
    if (body.is_invalid()) co_return Reason::upstream_invalid;
    for (policy::Field& field : memory.response.fields.all())
        if (field.id == policy::FieldId::x_request_id) field.dropped = true;
    const http1::ExtraField id{"x-request-id", memory.request_id};
    exchange.send_head(memory.response, {&id, 1}, announced(memory), piece, body.is_done());
    upstream.consume(memory.response_head_size + consumed);

    while (!body.is_done()) {
        if (!exchange.is_drained()) co_await exchange.drain();
        if (exchange.write_error()) co_return client_failure(exchange.write_error());
        piece = upstream.input().empty() ? std::string_view{}
                                         : body.next(view(upstream.input()), consumed);
        if (body.is_invalid()) co_return Reason::upstream_invalid;
        if (!piece.empty() || body.is_done()) {
            exchange.send_body(piece, body.is_done());
            upstream.consume(consumed);
            continue;
        }
        if (!upstream.input().empty()) upstream.consume(consumed);
        upstream.set_read_timeout(timeouts.idle);
        const ErrorCode error = co_await upstream.fill(Wait::more);
        if (error == asio::error::eof && body.ends_at_close()) {
            exchange.send_body({}, true);
            break;
        }
        if (error) co_return reason_for(error);
    }
    co_return Reason::allowed;
}

} // namespace gateway
