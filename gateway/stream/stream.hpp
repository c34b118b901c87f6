#pragma once

// One connection's bytes, in cleartext or TLS: what came in and is not consumed yet, and what could
// not be sent yet. Reads may be armed ahead of need: an idle connection has one read pending, which
// also sees the other side leave. Writes are tried in place; only what the socket would not take is
// kept and waited for. One thread; one coroutine may wait for input and another for the output to
// drain.

#include "gateway/io.hpp"
#include "gateway/loop.hpp"
#include "gateway/stream/event.hpp"
#include "gateway/stream/short_read.hpp"
#include "gateway/tls/session.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gateway {

/// What a reader waits for: the first byte of something that may never come, or more of what has
/// begun.
enum class Wait { first, more };

class Stream final : public boost::intrusive_ref_counter<Stream, boost::thread_unsafe_counter>,
                     public StreamHook,
                     private ReadSpace {
public:
    /// `pool` gives the blocks for input. `context`: speak TLS as a server; nullptr: cleartext.
    Stream(Loop& loop, Socket socket, BufferPool& pool, SSL_CTX* context);
    ~Stream();

    /// TLS only. Under the read deadline.
    Task<ErrorCode> handshake();
    bool is_tls() const { return tls_ != nullptr; }
    std::optional<policy::ClientCertificate> client_certificate() const {
        return tls_ ? tls_->client_certificate() : std::nullopt;
    }
    std::string_view tls_error() const { return tls_ ? tls_->error() : std::string_view{}; }

    // ------------------------------------------------------------ input
    std::span<char> input() { return {block_.data + begin_, end_ - begin_}; }
    void consume(std::size_t size);
    /// Detaches the block that begins with the next `size` bytes; what follows them moves to a
    /// block of its own. The caller gives the block back to pool(). No read may be armed.
    Block detach(std::size_t size);
    BufferPool& pool() { return pool_; }

    /// Waits until there is more input than before. asio::error::eof at a clean end, timed_out
    /// after the read deadline, no_buffer_space when the block is full of unconsumed bytes,
    /// stream_truncated for TLS cut without close_notify.
    Task<ErrorCode> fill(Wait wait);
    /// Starts a read without waiting for it.
    void arm();
    /// Nothing came and nothing broke since the last fill(): an idle connection that may be used
    /// again.
    bool is_quiet() const { return !fresh_ && !read_error_ && begin_ == end_; }
    /// The same, asked of the socket itself: costs a recv().
    bool is_quiet_now();
    /// The peer reset or broke the connection (an orderly end of its sending is not that).
    bool is_broken() const { return read_error_ && read_error_ != asio::error::eof; }
    void set_read_timeout(std::chrono::milliseconds from_now) { read_deadline_.set(from_now); }
    void clear_read_timeout() { read_deadline_.clear(); }
    /// Ends the fill() that waits, or else the next one, with operation_aborted; reading may go on
    /// after that.
    void interrupt();

    // ------------------------------------------------------------ output
    void set_send_timeout(std::chrono::milliseconds timeout) { send_timeout_ = timeout; }
    /// Sends now what the socket takes and keeps a copy of the rest: then co_await drain() before
    /// sending more.
    void send(std::string_view first, std::string_view second = {}, std::string_view third = {});
    bool is_drained() const { return pending_.empty() && sending_.empty(); }
    /// Waits until all is sent, or fails (timed_out: nothing could be sent for the send timeout).
    Task<ErrorCode> drain();
    ErrorCode write_error() const { return write_error_; }
    /// Bytes handed to the socket so far, TLS framing included.
    std::uint64_t sent() const { return sent_; }

    /// Sends what is left, then TLS close_notify and FIN: no more output after that.
    Task<void> end_sending();
    void close();
    /// Closes, and ends what waits for it.
    void cut();
    bool is_open() const { return socket_.is_open(); }

    Socket& socket() { return socket_; }

private:
    asio::mutable_buffer begin_read() override;
    void nothing_read() override;

    struct ReadDone;
    void on_read(const ErrorCode& error, std::size_t size);
    bool read_now();
    void take_read(const ErrorCode& error, std::size_t size);
    void send_raw(std::span<asio::const_buffer> buffers);
    void send_tls(std::string_view first, std::string_view second, std::string_view third);
    void decrypt();
    void flush_ciphertext();
    bool make_room();
    void release_if_empty();
    bool is_full() const { return block_ && begin_ == 0 && end_ == block_.size; }
    void release_cipher();
    void end_reading(const ErrorCode& error);
    static void on_read_deadline(void* self);
    static void on_write_deadline(void* self);

    Loop& loop_;
    Socket socket_;
    BufferPool& pool_;
    std::unique_ptr<tls::Session> tls_;

    Block block_; ///< plaintext input: [begin_, end_)
    std::size_t begin_ = 0, end_ = 0;
    Block cipher_; ///< TLS input: [cipher_begin_, cipher_end_)
    std::size_t cipher_begin_ = 0, cipher_end_ = 0;
    bool reading_ = false;
    bool fresh_ = false;              ///< input came since the last fill()
    std::uint8_t reads_in_a_row_ = 0; ///< without going back to the loop
    bool interrupted_ = false;
    bool tls_closed_ = false; ///< the peer said close_notify
    bool write_ended_ = false;
    ErrorCode read_error_;
    Event arrived_;

    std::string pending_; ///< output that the socket did not take yet
    std::string sending_; ///< output that a pending write points into
    std::uint64_t sent_ = 0;
    ErrorCode write_error_;
    std::chrono::milliseconds send_timeout_{30000};

    Deadline read_deadline_;
    Deadline write_deadline_;
};

using StreamPtr = boost::intrusive_ptr<Stream>;

/// Cuts every stream of a loop that is about to end.
void cut_all(Loop& loop);

} // namespace gateway
