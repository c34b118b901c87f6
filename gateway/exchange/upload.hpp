#pragma once

// The request's body on its way up, beside the answer that comes down: a child coroutine of the
// forwarding one, which joins it with finish() before it ends. Most requests have no body, or all
// of it came with their head: then there is no child.

#include "config/model.hpp"
#include "gateway/exchange/exchange.hpp"
#include "gateway/stream/stream.hpp"

namespace gateway {

class Upload {
public:
    Upload() = default;
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    void begin(Exchange& exchange, Stream& upstream, const policy::BodyFraming& framing);
    /// The request's head and the first piece of its body in one write.
    void send_first(std::string_view head, const BodyPiece& first);
    /// Sends the rest while the caller reads the answer; then the upstream has
    /// `timeouts.first_byte` to begin it.
    void start(const config::UpstreamTimeouts& timeouts);
    /// Stops what is not done, and waits for the child.
    Task<void> finish();

    bool has_sent() const { return has_sent_; }
    bool is_complete() const { return complete_; }
    /// Why the client's side of the body ended badly; allowed when it did not.
    policy::Reason failure() const { return failure_; }

private:
    Task<void> run();
    void send_piece(std::string_view bytes, bool last);

    Exchange* exchange_ = nullptr;
    StreamPtr upstream_;
    bool chunked_ = false;
    bool has_sent_ = false;
    bool complete_ = false;
    bool running_ = false;
    bool stopping_ = false;
    std::chrono::milliseconds first_byte_{};
    policy::Reason failure_ = policy::Reason::allowed;
    Event ended_;
};

} // namespace gateway
