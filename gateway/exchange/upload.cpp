#include "gateway/exchange/upload.hpp"

#include <boost/asio/co_spawn.hpp>

#include <array>

namespace gateway {

void Upload::begin(Exchange& exchange, Stream& upstream, const policy::BodyFraming& framing) {
    exchange_ = &exchange;
    upstream_ = &upstream;
    chunked_ = framing.kind == policy::BodyFraming::Kind::chunked;
}

void Upload::send_first(std::string_view head, const BodyPiece& first) {
    has_sent_ = true;
    if (!chunked_) {
        upstream_->send(head, first.bytes);
    } else {
        upstream_->send(head); // a chunk is three pieces already
        send_piece(first.bytes, first.last);
    }
    complete_ = first.last;
}

void Upload::send_piece(std::string_view bytes, bool last) {
    constexpr std::string_view end_and_last = "\r\n0\r\n\r\n";
    if (!chunked_) return upstream_->send(bytes);
    if (bytes.empty()) {
        if (last) upstream_->send(http1::last_chunk);
        return;
    }
    std::array<char, 24> memory;
    const std::string_view size = http1::write_chunk_size(memory, bytes.size());
    upstream_->send(size, bytes, last ? end_and_last : http1::chunk_end);
}

namespace {

// What co_spawn calls at the end: it keeps the event, not the coroutine, alive by address; finish()
// waits for it.
struct UploadEnded {
    bool* running;
    Event* event;
    policy::Reason* failure;
    void operator()(std::exception_ptr thrown) const {
        if (thrown) *failure = policy::Reason::internal_error;
        *running = false;
        event->fire();
    }
};

} // namespace

void Upload::start(const config::UpstreamTimeouts& timeouts) {
    first_byte_ = timeouts.first_byte;
    running_ = true;
    asio::co_spawn(upstream_->socket().get_executor(), run(), UploadEnded{&running_, &ended_, &failure_});
}

Task<void> Upload::run() {
    while (!complete_ && !stopping_) {
        const BodyPiece piece = co_await exchange_->read_body();
        if (stopping_) co_return;
        if (piece.failure != policy::Reason::allowed) {
            // The upstream must not take what it has for the whole: its connection ends, and so
            // does the wait for its answer.
            failure_ = piece.failure;
            upstream_->interrupt();
            co_return;
        }
        send_piece(piece.bytes, piece.last);
        if (!upstream_->is_drained()) co_await upstream_->drain();
        if (upstream_->write_error())
            co_return; // it may have answered already: the reader finds out
        complete_ = piece.last;
    }
    if (complete_ && !stopping_) upstream_->set_read_timeout(first_byte_);
}

Task<void> Upload::finish() {
    if (!running_) co_return;
    stopping_ = true;
    exchange_->interrupt_body();
    upstream_->close();
    while (running_) co_await ended_.wait();
}

} // namespace gateway
