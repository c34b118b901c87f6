#include "gateway/http1/session.hpp"

#include "gateway/exchange/serve.hpp"
#include "gateway/http1/head_parser.hpp"
#include "gateway/worker.hpp"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <utility>

namespace gateway::http1 {

using policy::BodyFraming;
using policy::Reason;

Session::Session(Worker& worker, StreamPtr stream, const policy::Peer& peer)
    : worker_(worker), stream_(std::move(stream)), peer_(peer), peer_text_(peer.text) {
    peer_.text = peer_text_;
    worker_.add_session(*this);
}

Session::~Session() {
    if (memory_) end_exchange();
}

std::string_view Session::input() const {
    const auto bytes = stream_->input();
    return {bytes.data(), bytes.size()};
}

Task<void> Session::run() {
    for (;;) {
        const Next next = co_await read_head();
        if (next == Next::end) break;
        if (next == Next::refused) {
            keep_alive_ = false;
            refuse(*this, worker_, refusal_);
        } else {
            co_await serve(*this, worker_);
        }
        bool go_on = keep_alive_ && ended_ && !stream_->write_error();
        if (go_on && !body_done_) go_on = co_await skip_rest_of_body();
        end_exchange();
        if (!go_on) break;
    }
    co_await end_connection();
}

// The first byte may take as long as a connection may idle; from then on the whole head has one
// absolute deadline.
Task<Session::Next> Session::read_head() {
    const config::Limits& limits = worker_.limits();
    // Room for the largest token and its scheme, and a little more, so that one too large is
    // refused as a token.
    const std::size_t value = std::max(HeadLimits{}.value, limits.token + 64);
    const HeadLimits head_limits{.bytes = limits.head, .fields = limits.fields, .value = value};
    std::size_t scanned = 0;
    stream_->set_send_timeout(limits.send_timeout);
    stream_->set_read_timeout(limits.idle_timeout);
    for (;;) {
        if (!stream_->input().empty()) {
            if (!memory_) {
                memory_ = worker_.lend_memory();
                memory_->peer = peer_;
                stream_->set_read_timeout(limits.head_timeout);
            }
            const HeadResult result =
                parse_request_head(stream_->input(), scanned, head_limits, memory_->request);
            if (result.kind == HeadResult::Kind::refused) {
                fail_head(result.reason);
                co_return Next::refused;
            }
            if (result.kind == HeadResult::Kind::complete) {
                begin_exchange(result.size);
                co_return Next::request;
            }
        }
        if (!memory_ && (draining_ || worker_.is_draining())) co_return Next::end;
        // A client that half-closes does so behind its first request, and its end may have come
        // with it: the socket is asked once, not on every request.
        const Wait wait = memory_ || requests_ == 1 ? Wait::more : Wait::first;
        const ErrorCode error = co_await stream_->fill(wait);
        if (!error) continue;
        if (memory_ && error == asio::error::timed_out)
            fail_head(Reason::request_timeout);
        else if (error == asio::error::no_buffer_space)
            fail_head(Reason::head_too_large);
        else
            co_return Next::end;
        co_return Next::refused;
    }
}

void Session::fail_head(Reason reason) {
    refusal_ = reason;
    began_ = std::chrono::steady_clock::now();
    body_done_ = false; // whatever follows is not known to be a request
    left_ = 0;
}

void Session::begin_exchange(std::size_t head_size) {
    began_ = std::chrono::steady_clock::now();
    stream_->clear_read_timeout();
    head_block_ = stream_->detach(head_size);
    ++requests_;
    const policy::RequestHead& request = memory_->request;
    chunked_in_ = request.body.kind == BodyFraming::Kind::chunked;
    left_ = request.body.length;
    decoder_.reset();
    body_done_ = !chunked_in_ && left_ == 0;
    continue_due_ = request.expects_continue && !body_done_;
    body_limit_ = worker_.limits().body;
    head_only_ = request.method == "HEAD";
    keep_alive_ = request.keep_alive;
}

void Session::end_exchange() {
    stream_->consume(std::exchange(held_, 0));
    stream_->pool().give(std::exchange(head_block_, {}));
    memory_->clear();
    worker_.take_back(std::move(memory_));
    received_ = body_sent_ = 0;
    started_ = ended_ = chunked_out_ = false;
}

bool Session::may_keep_alive() const {
    constexpr std::uint64_t worth_skipping = 64 * 1024;
    if (!keep_alive_ || draining_ || worker_.is_draining()) return false;
    if (requests_ >= worker_.limits().requests_per_connection) return false;
    // An answer before the body's end: a short rest is read and dropped, a long one or one that may
    // not come ends the connection.
    return body_done_ || (!chunked_in_ && !continue_due_ && left_ <= worth_skipping);
}

void Session::drain_connection() {
    draining_ = true;
    if (!memory_) stream_->interrupt();
}

// ---------------------------------------------------------------- the end

Task<bool> Session::skip_rest_of_body() {
    while (!body_done_) {
        const BodyPiece piece = co_await read_body();
        if (piece.failure != Reason::allowed) co_return false;
    }
    co_return true;
}

// The client may still be sending. Closing now would reset the connection and could take our answer
// with it (RFC 9112 9.6): say that we are done, then read and drop for a while.
Task<void> Session::end_connection() {
    constexpr std::chrono::seconds patience{2};
    constexpr std::size_t most = 256 * 1024;
    if (!stream_->is_open() || stream_->write_error()) co_return stream_->close();
    co_await stream_->end_sending();
    std::size_t dropped = 0;
    stream_->set_read_timeout(patience);
    while ((!body_done_ || !stream_->input().empty()) && dropped < most && stream_->is_open()) {
        dropped += stream_->input().size();
        stream_->consume(stream_->input().size());
        const ErrorCode error = co_await stream_->fill(Wait::more);
        if (error) break;
    }
    stream_->close();
}

void Session::abort() {
    keep_alive_ = false;
    body_done_ = true;
    stream_->close();
}

} // namespace gateway::http1
