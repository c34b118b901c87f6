// The bodies of a Session's exchange: the request's as it comes in, the answer as it goes out.

#include "gateway/http1/session.hpp"
#include "gateway/worker.hpp"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace gateway::http1 {

using policy::BodyFraming;
using policy::Reason;

// ---------------------------------------------------------------- the request's body

// What is in the input already, without waiting. Empty and not last: more input is needed.
BodyPiece Session::take_piece() {
    BodyPiece piece;
    if (!chunked_in_) {
        piece.bytes = input().substr(
            0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, input().size())));
        held_ = piece.bytes.size();
        left_ -= held_;
        piece.last = left_ == 0;
    } else {
        const auto step = decoder_.next(input());
        held_ = step.consumed;
        piece.bytes = step.data;
        piece.last = step.kind == ChunkDecoder::Kind::done;
        if (step.kind == ChunkDecoder::Kind::refused) piece.failure = Reason::bad_request;
    }
    received_ += piece.bytes.size();
    if (received_ > body_limit_) piece.failure = Reason::body_too_large;
    body_done_ = piece.last;
    return piece;
}

Task<BodyPiece> Session::read_body() {
    stream_->consume(std::exchange(held_, 0));
    if (body_done_) co_return BodyPiece{{}, true};
    if (!chunked_in_ && left_ > body_limit_) co_return BodyPiece{{}, false, Reason::body_too_large};
    if (std::exchange(continue_due_, false) && stream_->input().empty())
        stream_->send("HTTP/1.1 100 Continue\r\n\r\n");
    for (;;) {
        if (!stream_->input().empty()) {
            BodyPiece piece = take_piece();
            if (piece.failure != Reason::allowed) keep_alive_ = false;
            if (piece.last || !piece.bytes.empty() || piece.failure != Reason::allowed)
                co_return piece;
            stream_->consume(std::exchange(held_, 0));
        }
        stream_->set_read_timeout(worker_.limits().body_timeout);
        const ErrorCode error = co_await stream_->fill(Wait::more);
        stream_->clear_read_timeout();
        if (!error) continue;
        keep_alive_ = false;
        const Reason failure =
            error == asio::error::timed_out ? Reason::request_timeout : Reason::client_gone;
        co_return BodyPiece{{}, false, failure};
    }
}

// ---------------------------------------------------------------- the answer

namespace {

/// What follows the bytes of a chunk: its end, the last chunk, or both. Nothing where there is
/// neither.
std::string_view end_of_chunk(std::string_view bytes, bool last) {
    if (bytes.empty()) return last ? last_chunk : std::string_view{};
    return last ? std::string_view("\r\n0\r\n\r\n") : chunk_end;
}

} // namespace

void Session::send_head(const policy::ResponseHead& head, std::span<const ExtraField> extra,
                        const BodyFraming& framing, std::string_view first, bool last) {
    const int version = memory_->request.minor_version;
    const bool bodiless = framing.kind == BodyFraming::Kind::none;
    const bool length_known = bodiless || framing.kind == BodyFraming::Kind::length;
    // HTTP/1.0 knows no chunks: there the end of the connection is the end of the body.
    chunked_out_ = !length_known && version >= 1 && !head_only_;
    BodyFraming sent = framing;
    if (!length_known)
        sent.kind = chunked_out_ ? BodyFraming::Kind::chunked : BodyFraming::Kind::until_close;
    keep_alive_ = may_keep_alive() && (length_known || chunked_out_ || head_only_);

    HeadBuffer& buffer = worker_.client_head();
    started_ = true;
    if (!write_response_head(buffer, head, extra, sent, version, keep_alive_, head_only_))
        return abort();
    ended_ = last;
    if (head_only_) return stream_->send(buffer.view());
    body_sent_ += first.size();
    if (!chunked_out_) return stream_->send(buffer.view(), first);
    std::array<char, 24> memory;
    if (!first.empty()) buffer.append(write_chunk_size(memory, first.size()));
    stream_->send(buffer.view(), first, end_of_chunk(first, last));
}

void Session::send_body(std::string_view bytes, bool last) {
    if (last) ended_ = true;
    if (head_only_) return;
    body_sent_ += bytes.size();
    if (!chunked_out_) return stream_->send(bytes);
    if (bytes.empty()) return stream_->send(end_of_chunk(bytes, last));
    std::array<char, 24> memory;
    stream_->send(write_chunk_size(memory, bytes.size()), bytes, end_of_chunk(bytes, last));
}

} // namespace gateway::http1
