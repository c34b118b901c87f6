#include "gateway/connection.hpp"

#include "gateway/http1/session.hpp"
#include "gateway/observe/log.hpp"
#include "gateway/stream/stream.hpp"
#include "gateway/worker.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <string>

namespace gateway {

namespace {

/// Counts a connection while it lives.
class Counted {
public:
    explicit Counted(observe::WorkerMetrics& metrics) : metrics_(metrics) {
        metrics_.connections_accepted.add();
        metrics_.connections_open.add();
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { metrics_.connections_open.subtract(); }

private:
    observe::WorkerMetrics& metrics_;
};

policy::Address to_address(const asio::ip::address& address) {
    const auto v6 = address.is_v4()
                        ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4())
                        : address.to_v6();
    policy::Address out;
    std::ranges::copy(v6.to_bytes(), out.bytes.begin());
    return out;
}

Task<bool> secure(Worker& worker, Stream& stream) {
    stream.set_read_timeout(worker.limits().head_timeout);
    const ErrorCode error = co_await stream.handshake();
    stream.clear_read_timeout();
    (error ? worker.metrics().tls_failures : worker.metrics().tls_handshakes).add();
    co_return !error;
}

Task<void> serve_connection(Worker& worker, Socket socket,
                            std::shared_ptr<const ListenerSettings> listener) {
    const Counted counted(worker.metrics());
    ErrorCode gone;
    const Tcp::endpoint remote = socket.remote_endpoint(gone);
    if (gone) co_return;
    const Tcp::endpoint local = socket.local_endpoint(gone);
    if (gone) co_return;

    SSL_CTX* context = listener->contexts ? listener->contexts->initial() : nullptr;
    const StreamPtr stream(
        new Stream(worker.loop(), std::move(socket), worker.loop().client_blocks, context));
    if (context) {
        const bool secured = co_await secure(worker, *stream);
        if (!secured) co_return;
    }
    const std::optional<policy::ClientCertificate> certificate = stream->client_certificate();
    policy::Peer peer;
    peer.certificate = certificate ? &*certificate : nullptr;
    peer.address = to_address(remote.address());
    const std::string text = peer.address.to_string();
    peer.text = text;
    peer.tls = context != nullptr;
    peer.local_port = local.port();
    http1::Session session(worker, stream, peer);
    co_await session.run();
}

// What escapes a connection is a bug, and ends that connection only.
struct Ended {
    void operator()(std::exception_ptr thrown) const {
        if (!thrown) return;
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& error) {
            log::write(log::Level::error, "connection_failed", error.what());
        }
    }
};

} // namespace

void start_connection(Worker& worker, Socket socket,
                      std::shared_ptr<const ListenerSettings> listener) {
    asio::io_context& io = worker.loop().io;
    asio::co_spawn(io, serve_connection(worker, std::move(socket), std::move(listener)), Ended());
}

void refuse_connection(Socket& socket, bool tls) {
    constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nretry-after: 1\r\n"
        "connection: close\r\n\r\n";
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    if (!tls) socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
    socket.close(ignored);
}

} // namespace gateway
