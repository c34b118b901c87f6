#pragma once

// One client connection that speaks HTTP/1.1: reads a head, serves the exchange, goes on or ends
// (RFC 9112 9). Requests that come pipelined wait in the stream's input and are answered in their
// order. After any doubt about framing the connection ends.

#include "gateway/exchange/exchange.hpp"
#include "gateway/http1/chunk_decoder.hpp"
#include "gateway/stream/stream.hpp"

#include <boost/intrusive/list.hpp>

#include <memory>
#include <string>

namespace gateway {

class Worker;

namespace http1 {

class Session final : public Exchange,
                      public boost::intrusive::list_base_hook<
                          boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    Session(Worker& worker, StreamPtr stream, const policy::Peer& peer);
    ~Session() override;

    /// Until the connection ends. Does not close the stream's socket for a client that still has to
    /// read its answer.
    Task<void> run();

    /// Ends the connection as soon as no exchange is under way (shutdown).
    void drain_connection();

    // Exchange
    ExchangeMemory& memory() override { return *memory_; }
    std::chrono::steady_clock::time_point began() const override { return began_; }
    Task<BodyPiece> read_body() override;
    void set_body_limit(std::uint64_t bytes) override { body_limit_ = bytes; }
    bool is_body_done() const override { return body_done_; }
    void interrupt_body() override { stream_->interrupt(); }
    void send_head(const policy::ResponseHead& head, std::span<const ExtraField> extra,
                   const policy::BodyFraming& framing, std::string_view first, bool last) override;
    void send_body(std::string_view bytes, bool last) override;
    bool is_drained() const override { return stream_->is_drained(); }
    Task<ErrorCode> drain() override { return stream_->drain(); }
    ErrorCode write_error() const override { return stream_->write_error(); }
    bool is_started() const override { return started_; }
    void abort() override;
    std::uint64_t body_received() const override { return received_; }
    std::uint64_t body_sent() const override { return body_sent_; }

private:
    enum class Next { request, refused, end };
    Task<Next> read_head();
    void begin_exchange(std::size_t head_size);
    void end_exchange();
    BodyPiece take_piece();
    Task<bool> skip_rest_of_body();
    Task<void> end_connection();
    void fail_head(policy::Reason reason);
    bool may_keep_alive() const;
    std::string_view input() const;

    Worker& worker_;
    StreamPtr stream_;
    policy::Peer peer_;
    std::string peer_text_;
    std::unique_ptr<ExchangeMemory> memory_; ///< only while an exchange is under way
    Block head_block_;
    std::chrono::steady_clock::time_point began_{};
    std::size_t requests_ = 0;
    policy::Reason refusal_ = policy::Reason::bad_request;

    // The request's body.
    ChunkDecoder decoder_;
    std::uint64_t left_ = 0;
    std::uint64_t body_limit_ = 0;
    std::uint64_t received_ = 0;
    std::size_t held_ = 0; ///< bytes of input behind the last piece given out
    bool chunked_in_ = false;
    bool body_done_ = true;
    bool continue_due_ = false; ///< the client waits for 100 Continue

    // The answer.
    std::uint64_t body_sent_ = 0;
    bool started_ = false;
    bool ended_ = false;
    bool chunked_out_ = false;
    bool head_only_ = false;
    bool keep_alive_ = true;
    bool draining_ = false;
};

} // namespace http1
} // namespace gateway
