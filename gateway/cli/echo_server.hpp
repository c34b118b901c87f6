#pragma once

// The demo upstream: answers every request with a JSON document that shows the request as it
// arrived. HTTP/1.1 without TLS, one thread, made to be looked at: it has no place in front of the
// world.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gateway::cli {

/// A request as it arrived: names in their spelling, fields in their order, trailers at the end.
struct EchoedRequest {
    static constexpr std::size_t body_kept = 64 * 1024;

    std::string method, target;
    int minor_version = 1;
    std::vector<std::pair<std::string, std::string>> fields;
    std::uint64_t body_size = 0;
    std::string body; ///< its first body_kept bytes

    std::string to_json() const;
};

class EchoServer {
public:
    /// Listens on `bind`, an address with a port ("127.0.0.1:8081", "[::1]:0"); port 0 lets the
    /// kernel choose. Throws std::runtime_error when that is not possible.
    explicit EchoServer(std::string_view bind);
    ~EchoServer();

    const std::string& address() const;
    std::uint16_t port() const;

    /// Serves until SIGINT or SIGTERM, or until stop() from another thread.
    void run();
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gateway::cli
