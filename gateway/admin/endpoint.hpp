#pragma once

// The admin endpoint: HTTP/1.1 on the control loop, for probes, scrapers and the command line; over
// TCP or over a unix socket. Small heads, small bodies and those of POST only, a deadline for each
// request, a bounded number of connections. It never holds up the control thread for longer than a
// page takes.

#include "gateway/admin/response.hpp"
#include "gateway/io.hpp"

#include <functional>
#include <memory>
#include <string>

namespace gateway::admin {

using Handler = std::function<Response(const Request&)>;

class Endpoint {
public:
    static constexpr std::size_t most_connections = 64;
    static constexpr std::size_t most_body = 256 * 1024; ///< bytes; more is a 413
    static constexpr std::chrono::seconds patience{
        10}; ///< for one request and its answer, idle time before it too

    /// Listens at once. Throws std::runtime_error when the address cannot be bound.
    Endpoint(asio::io_context& io, const std::string& address, std::uint16_t port, Handler handler,
             std::chrono::milliseconds patience_for_request = patience);
    /// The same on a unix socket, see SocketFile.
    Endpoint(asio::io_context& io, const std::string& socket_path, Handler handler,
             std::chrono::milliseconds patience_for_request = patience);
    ~Endpoint(); ///< closes the listener and its connections
    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;

    std::uint16_t port() const; ///< 0 of a unix socket

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace gateway::admin
