#pragma once

// The client side of TLS to a key provider. Asio verifies nothing by default: here the chain, the
// name and the validity are verified, SNI is sent, and TLS 1.2 is the least (threats J90).

#include "gateway/io.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <string>

namespace gateway::keys {

class TlsClient {
public:
    using Stream = asio::ssl::stream<Socket&>;

    /// `socket` must outlive it. When something is wrong with the settings, error() says what; do
    /// not use stream() then.
    TlsClient(const std::string& host, const std::string& ca_file, Socket& socket);

    const std::string& error() const { return error_; }
    Stream& stream() { return stream_; }
    /// Why the handshake failed, in the words of the certificate check if that is what failed.
    std::string explain(ErrorCode failure);

private:
    std::string error_; // first: making the context writes it
    asio::ssl::context context_;
    Stream stream_;
};

} // namespace gateway::keys
