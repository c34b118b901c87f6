#include "gateway/stream/stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <utility>

namespace gateway {

namespace {
#ifdef CLAIMGATE_SHORT_READ_HINT
constexpr bool deferred_buffers = true; // a pending read holds no address of a block
#else
constexpr bool deferred_buffers = false;
#endif
} // namespace

Stream::Stream(Loop& loop, Socket socket, BufferPool& pool, SSL_CTX* context)
    : loop_(loop), socket_(std::move(socket)), pool_(pool),
      tls_(context ? std::make_unique<tls::Session>(context) : nullptr),
      read_deadline_(loop.deadlines, this, &Stream::on_read_deadline),
      write_deadline_(loop.deadlines, this, &Stream::on_write_deadline) {
    loop_.streams.push_back(*this);
    ErrorCode ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(Tcp::no_delay(true), ignored);
}

Stream::~Stream() {
    close();
    pool_.give(block_);
    loop_.cipher_blocks.give(cipher_);
}

// ---------------------------------------------------------------- reading

// Holds the stream while its read is pending: the buffer that the operation writes to is the
// stream's.
struct Stream::ReadDone {
    boost::intrusive_ptr<Stream> stream;
    void operator()(const ErrorCode& error, std::size_t size) const {
        stream->on_read(error, size);
    }
};

asio::mutable_buffer Stream::begin_read() {
    if (tls_) {
        if (!cipher_) cipher_ = loop_.cipher_blocks.take();
        return {cipher_.data + cipher_end_, cipher_.size - cipher_end_};
    }
    if (!block_) block_ = pool_.take();
    return {block_.data + end_, block_.size - end_};
}

void Stream::nothing_read() {
    if (tls_)
        release_cipher();
    else if (begin_ == end_) {
        pool_.give(std::exchange(block_, {}));
        begin_ = end_ = 0;
    }
}

void Stream::arm() {
    if (reading_ || read_error_ || !socket_.is_open() || !make_room()) return;
    reading_ = true;
#ifdef CLAIMGATE_SHORT_READ_HINT
    socket_.async_read_some(DeferredBuffer{this}, ReadDone{this});
#else
    socket_.async_read_some(begin_read(), ReadDone{this});
#endif
}

void Stream::on_read(const ErrorCode& error, std::size_t size) {
    reading_ = false;
    reads_in_a_row_ = 0;
    take_read(error, size);
    arrived_.fire();
}

void Stream::take_read(const ErrorCode& error, std::size_t size) {
    (tls_ ? cipher_end_ : end_) += size;
    if (size > 0) fresh_ = true;
    if (!error) return;
    end_reading(error);
    nothing_read();
}

// Asks the socket without the loop: false when there is nothing yet. A long transfer goes back to
// the loop now and then, so that it does not hold up its neighbours.
bool Stream::read_now() {
    constexpr std::uint8_t turns = 8;
    if (reading_ || read_error_ || reads_in_a_row_ >= turns || !make_room()) return false;
    ++reads_in_a_row_;
    ErrorCode error;
    const asio::mutable_buffer room = begin_read();
    const std::size_t size = socket_.read_some(room, error);
    if (error == asio::error::would_block) {
        nothing_read();
        return false;
    }
    take_read(error, size);
    return true;
}

bool Stream::is_quiet_now() {
    if (!is_quiet()) return false;
    char byte;
    const auto result = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

bool Stream::make_room() {
    if (tls_) {
        if (cipher_begin_ > 0) {
            std::memmove(cipher_.data, cipher_.data + cipher_begin_, cipher_end_ - cipher_begin_);
            cipher_end_ -= std::exchange(cipher_begin_, 0);
        }
        return !cipher_ || cipher_end_ < cipher_.size;
    }
    if (block_ && end_ == block_.size && begin_ > 0) {
        std::memmove(block_.data, block_.data + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    return !block_ || end_ < block_.size;
}

Task<ErrorCode> Stream::fill(Wait wait) {
    for (;;) {
        if (std::exchange(interrupted_, false)) co_return ErrorCode(asio::error::operation_aborted);
        if (tls_) decrypt();
        if (fresh_) {
            fresh_ = false;
            co_return ErrorCode{};
        }
        if (read_error_ == asio::error::eof && tls_ && !tls_closed_)
            // A FIN without close_notify may be an attacker's cut: not a clean end.
            co_return ErrorCode(asio::ssl::error::stream_truncated);
        if (read_error_) co_return read_error_;
        if (is_full()) co_return ErrorCode(asio::error::no_buffer_space);
        if (wait == Wait::more && read_now()) continue;
        arm();
        if (!reading_) co_return ErrorCode(asio::error::no_buffer_space);
        co_await arrived_.wait();
    }
}

// Turns what ciphertext there is into input, as far as the block has room. fresh_ then speaks of
// plaintext.
void Stream::decrypt() {
    fresh_ = false;
    if (!tls_->is_established() || (cipher_begin_ == cipher_end_ && !tls_->has_pending())) return;
    if (!block_) block_ = pool_.take();
    if (end_ == block_.size && begin_ > 0) {
        std::memmove(block_.data, block_.data + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    std::string_view left(cipher_.data + cipher_begin_, cipher_end_ - cipher_begin_);
    auto status = tls::Session::Status::ok;
    while (status == tls::Session::Status::ok && end_ < block_.size) {
        std::size_t size = 0;
        status = tls_->read(left, loop_.ciphertext, {block_.data + end_, block_.size - end_}, size);
        if (status == tls::Session::Status::ok) {
            end_ += size;
            fresh_ = true;
        }
    }
    cipher_begin_ = cipher_end_ - left.size();
    flush_ciphertext();
    tls_closed_ = tls_closed_ || status == tls::Session::Status::closed;
    if (status == tls::Session::Status::closed) end_reading(asio::error::eof);
    if (status == tls::Session::Status::failed) end_reading(asio::error::connection_aborted);
    release_cipher();
    release_if_empty();
}

void Stream::release_cipher() {
    if (cipher_begin_ != cipher_end_ || (reading_ && !deferred_buffers)) return;
    loop_.cipher_blocks.give(std::exchange(cipher_, {}));
    cipher_begin_ = cipher_end_ = 0;
}

void Stream::end_reading(const ErrorCode& error) {
    if (!read_error_) read_error_ = error;
}

Task<ErrorCode> Stream::handshake() {
    for (;;) {
        std::string_view left(cipher_.data + cipher_begin_, cipher_end_ - cipher_begin_);
        const auto status = tls_->handshake(left, loop_.ciphertext);
        cipher_begin_ = cipher_end_ - left.size();
        flush_ciphertext();
        if (!is_drained()) {
            const ErrorCode error = co_await drain();
            if (error) co_return error;
        }
        if (status == tls::Session::Status::ok) co_return write_error_;
        if (status != tls::Session::Status::want_input)
            co_return ErrorCode(asio::error::connection_aborted);
        if (read_error_) co_return read_error_;
        fresh_ = false;
        arm();
        if (reading_) co_await arrived_.wait();
    }
}

void Stream::consume(std::size_t size) {
    begin_ += size;
    release_if_empty();
}

void Stream::release_if_empty() {
    if (begin_ != end_ || (reading_ && !tls_ && !deferred_buffers)) return;
    begin_ = end_ = 0;
    pool_.give(std::exchange(block_, {}));
}

Block Stream::detach(std::size_t size) {
    assert(!reading_ || tls_ || deferred_buffers);
    const Block taken = std::exchange(block_, {});
    const std::size_t rest = end_ - begin_ - size;
    const char* from = taken.data + begin_ + size;
    begin_ = end_ = 0;
    if (rest > 0) {
        block_ = pool_.take();
        std::memcpy(block_.data, from, rest);
        end_ = rest;
    }
    return taken;
}

void Stream::interrupt() {
    interrupted_ = true;
    arrived_.fire();
}

void Stream::on_read_deadline(void* self) {
    auto* stream = static_cast<Stream*>(self);
    const StreamPtr keep(stream);
    stream->end_reading(asio::error::timed_out);
    ErrorCode ignored;
    if (stream->reading_)
        stream->socket_.cancel(ignored);
    else
        stream->arrived_.fire();
}

// ---------------------------------------------------------------- the end

void Stream::close() {
    if (!socket_.is_open()) return;
    read_deadline_.clear();
    write_deadline_.clear();
    ErrorCode ignored;
    socket_.close(ignored);
}

// Who waits for a stream is kept by it, and keeps it: without this, neither would end with the
// loop.
void Stream::cut() {
    const StreamPtr keep(this);
    close();
    end_reading(asio::error::operation_aborted);
    if (!write_error_) write_error_ = asio::error::operation_aborted;
    arrived_.fire();
}

void cut_all(Loop& loop) {
    while (!loop.streams.empty()) {
        auto& stream = static_cast<Stream&>(loop.streams.front());
        loop.streams.pop_front();
        stream.cut();
    }
}

} // namespace gateway
