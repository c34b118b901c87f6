// What a Stream sends: tried in place, and what the socket does not take is kept and waited for.

#include "gateway/stream/stream.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace gateway {

void Stream::send(std::string_view first, std::string_view second, std::string_view third) {
    if (write_error_ || write_ended_) return;
    if (tls_) return send_tls(first, second, third);
    std::array<asio::const_buffer, 3> buffers = {asio::buffer(first), asio::buffer(second),
                                                 asio::buffer(third)};
    send_raw(buffers);
}

void Stream::send_raw(std::span<asio::const_buffer> buffers) {
    std::size_t taken = 0;
    if (is_drained()) {
        ErrorCode error;
        const std::span<const asio::const_buffer> view(buffers);
        taken = socket_.write_some(view, error);
        if (error && error != asio::error::would_block) {
            write_error_ = error;
            return;
        }
        sent_ += taken;
    }
    for (const auto& buffer : buffers) {
        const std::size_t skip = std::min(taken, buffer.size());
        taken -= skip;
        pending_.append(static_cast<const char*>(buffer.data()) + skip, buffer.size() - skip);
    }
}

// Small pieces share a record; a large one is not copied for that.
void Stream::send_tls(std::string_view first, std::string_view second, std::string_view third) {
    constexpr std::size_t record = 16 * 1024;
    auto status = tls::Session::Status::ok;
    if (first.size() + second.size() + third.size() <= record) {
        loop_.plaintext.assign(first).append(second).append(third);
        status = tls_->write(loop_.plaintext, loop_.ciphertext);
    } else {
        for (std::string_view piece : {first, second, third})
            for (; !piece.empty() && status == tls::Session::Status::ok;
                 piece.remove_prefix(std::min(record, piece.size())))
                status = tls_->write(piece.substr(0, record), loop_.ciphertext);
    }
    flush_ciphertext();
    if (status != tls::Session::Status::ok) write_error_ = asio::error::connection_aborted;
}

void Stream::flush_ciphertext() {
    if (loop_.ciphertext.empty()) return;
    if (!write_error_) {
        std::array<asio::const_buffer, 1> buffers = {asio::buffer(loop_.ciphertext)};
        send_raw(buffers);
    }
    loop_.ciphertext.clear();
}

// What is sent meanwhile (a TLS answer to the peer) is appended to pending_, so the bytes being
// written stay put.
Task<ErrorCode> Stream::drain() {
    const StreamPtr keep(this);
    while (!pending_.empty() && !write_error_) {
        std::swap(pending_, sending_);
        std::size_t done = 0;
        while (done < sending_.size() && !write_error_) {
            write_deadline_.set(send_timeout_);
            const auto rest = asio::buffer(sending_.data() + done, sending_.size() - done);
            auto [error, size] = co_await socket_.async_write_some(rest, as_result);
            write_deadline_.clear();
            done += size;
            sent_ += size;
            if (error && !write_error_) write_error_ = error;
        }
        sending_.clear();
    }
    // A slow moment must not cost memory for the rest of the connection's life.
    std::string().swap(sending_);
    std::string().swap(pending_);
    co_return write_error_;
}

void Stream::on_write_deadline(void* self) {
    auto* stream = static_cast<Stream*>(self);
    const StreamPtr keep(stream);
    stream->write_error_ = asio::error::timed_out;
    stream->close();
}

Task<void> Stream::end_sending() {
    if (write_ended_ || !socket_.is_open()) co_return;
    if (tls_ && !write_error_) {
        tls_->close(loop_.ciphertext);
        flush_ciphertext();
    }
    write_ended_ = true;
    if (!is_drained()) co_await drain();
    ErrorCode ignored;
    if (socket_.is_open()) socket_.shutdown(Socket::shutdown_send, ignored);
}

} // namespace gateway
