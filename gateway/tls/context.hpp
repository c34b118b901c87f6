#pragma once

// SSL_CTX objects of a listener: modern defaults (TLS 1.2 and 1.3, AEAD suites, no renegotiation,
// no compression, no 0-RTT), certificates picked by SNI from the names inside them. Built off the
// workers; one set for each worker.

#include "config/model.hpp"

#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace gateway::tls {

/// Session-ticket keys that the workers of a listener share, so that a client may resume at any of
/// them.
using TicketKeys = std::array<unsigned char, 80>;
TicketKeys make_ticket_keys();

/// The contexts of one listener for one worker. Must outlive its sessions' handshakes; sessions
/// hold their own SSL_CTX.
class Contexts {
public:
    /// Throws std::runtime_error with a sentence that names the file.
    Contexts(const config::ListenerTls& settings, const TicketKeys& tickets);
    Contexts(const Contexts&) = delete;
    Contexts& operator=(const Contexts&) = delete;

    SSL_CTX* initial() const { return contexts_.front().get(); }

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    struct Named {
        std::string name; ///< lower case; "*.example.com" stands for one label
        SSL_CTX* context;
    };
    static int pick(SSL* ssl, int* alert, void* self);
    void add(const config::Certificate& certificate, const config::ListenerTls& settings,
             const TicketKeys& tickets);
    void add_names(SSL_CTX* context);

    std::vector<std::unique_ptr<SSL_CTX, Free>> contexts_;
    std::vector<Named> names_;
};

/// What is wrong with a model's certificates and keys: each problem with its place. Empty when all
/// load and match.
struct CertificateProblem {
    config::Position at;
    std::string message;
};
std::vector<CertificateProblem> check_certificates(const config::Model& model);

} // namespace gateway::tls
