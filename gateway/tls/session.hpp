#pragma once

// TLS as a pure transformation (OpenSSL over a BIO of our own): ciphertext in, plaintext out, and
// the other way. It never touches a socket and never waits: what it wants to send is appended to a
// buffer that the caller flushes in one write. One connection, one thread.

#include "policy/client_certificate.hpp"

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gateway::tls {

class Session {
public:
    enum class Status {
        ok,
        want_input, ///< nothing to do before more ciphertext comes
        closed,     ///< the peer said close_notify: a clean end
        failed      ///< the connection must end; error() says why
    };

    /// A server session; the context picks certificates by SNI.
    explicit Session(SSL_CTX* context);

    /// Each call works on `input` (unread ciphertext, advanced past what was taken) and appends to
    /// `output`.
    Status handshake(std::string_view& input, std::string& output);
    Status read(std::string_view& input, std::string& output, std::span<char> plain,
                std::size_t& size);
    Status write(std::string_view plain, std::string& output);
    /// Appends close_notify, so that the peer can tell the end from a cut.
    void close(std::string& output);

    /// What the verified certificate of the client says; nothing when it sent none. After the
    /// handshake.
    std::optional<policy::ClientCertificate> client_certificate() const;
    bool is_established() const { return SSL_is_init_finished(ssl_.get()) != 0; }
    /// Plaintext that is decrypted but not read: a read will give more without new input.
    bool has_pending() const { return SSL_pending(ssl_.get()) > 0; }
    /// For the log: OpenSSL's reason, static text.
    std::string_view error() const { return error_; }

private:
    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    struct Pipe {
        std::string_view* input = nullptr;
        std::string* output = nullptr;
    };
    struct Method;
    friend struct Method;

    Status outcome(int result);

    Pipe pipe_;
    std::unique_ptr<SSL, Free> ssl_;
    std::string_view error_;
};

} // namespace gateway::tls
