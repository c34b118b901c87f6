#include "gateway/admin/endpoint.hpp"

#include "gateway/admin/socket_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstring>
#include <list>
#include <optional>
#include <stdexcept>

namespace gateway::admin {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t head_limit = 8 * 1024;

using Stream = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
using AnyAcceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, Executor>;

/// A socket that is closed when its time is over; whatever waits for it ends then.
struct Connection : std::enable_shared_from_this<Connection> {
    explicit Connection(Stream s) : socket(std::move(s)), timer(socket.get_executor()) {}

    void arm(std::chrono::milliseconds patience) {
        timer.expires_after(patience);
        timer.async_wait([weak = weak_from_this()](ErrorCode error) {
            const auto self = weak.lock();
            if (self && !error) self->close();
        });
    }
    void close() {
        timer.cancel();
        ErrorCode ignored;
        socket.close(ignored);
    }

    Stream socket;
    Timer timer;
};

/// Not HTTP, rather than not there.
bool is_malformed(const ErrorCode& error) {
    return error.category() == make_error_code(http::error::bad_method).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
}

using Parser = http::request_parser<http::string_body>;

Request take_request(const Parser& parser) {
    const auto& message = parser.get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.hosts = message.count(http::field::host);
    request.host = std::string(message[http::field::host]);
    request.has_body = message.count(http::field::transfer_encoding) > 0 ||
                       (parser.content_length() && *parser.content_length() > 0);
    request.is_http_1_0 = message.version() < 11;
    if (message.count(http::field::authorization) == 1)
        request.authorization = std::string(message[http::field::authorization]);
    const std::string name(configuration_field);
    if (message.count(name) > 0) request.configuration = std::string(message[name]);
    return request;
}

std::string write_response(const Response& response, bool head_only, bool keep_alive) {
    const auto status = http::int_to_status(response.status);
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
    text.append(http::obsolete_reason(status))
        .append("\r\nContent-Type: ")
        .append(response.content_type);
    text += "\r\nContent-Length: " + std::to_string(response.body.size());
    text += "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (!response.allow.empty()) text.append("Allow: ").append(response.allow).append("\r\n");
    if (response.wants_token) text += "WWW-Authenticate: Bearer\r\n";
    if (!keep_alive) text += "Connection: close\r\n";
    text += "\r\n";
    if (!head_only) text += response.body;
    return text;
}

/// What a request that could not be read is answered with; nothing where it could, or where the
/// client is gone.
std::optional<Response> refuse_unread(const ErrorCode& error) {
    if (error == http::error::body_limit) return refuse(413, "the body is too large");
    if (is_malformed(error)) return refuse(400, "bad request");
    return std::nullopt;
}

Tcp::acceptor::endpoint_type parse_endpoint(const std::string& address, std::uint16_t port) {
    ErrorCode error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) throw std::runtime_error("admin: " + address + " is not an address");
    return {parsed, port};
}

std::uint16_t port_of(const asio::generic::stream_protocol::endpoint& local) {
    Tcp::endpoint endpoint;
    if (local.size() > endpoint.capacity()) return 0;
    std::memcpy(endpoint.data(), local.data(), local.size());
    endpoint.resize(local.size());
    return endpoint.port();
}

} // namespace

struct Endpoint::State : std::enable_shared_from_this<Endpoint::State> {
    State(asio::io_context& io, Handler answers, std::chrono::milliseconds time)
        : acceptor(io.get_executor()), pause(io.get_executor()), handler(std::move(answers)),
          patience(time) {}

    static Task<void> accept(std::shared_ptr<State> self);
    static Task<void> serve(std::shared_ptr<State> self, std::shared_ptr<Connection> connection);
    static Task<bool> serve_one(std::shared_ptr<State> self, std::shared_ptr<Connection> connection,
                                std::shared_ptr<boost::beast::flat_buffer> buffer);

    AnyAcceptor acceptor;
    std::unique_ptr<SocketFile> file; ///< of a unix socket
    std::uint16_t port = 0;
    Timer pause;
    Handler handler;
    std::chrono::milliseconds patience;
    std::list<std::shared_ptr<Connection>> connections;
};

Task<void> Endpoint::State::accept(std::shared_ptr<State> self) {
    while (self->acceptor.is_open()) {
        Stream socket(self->acceptor.get_executor());
        const auto [error] = co_await self->acceptor.async_accept(socket, as_result);
        if (!self->acceptor.is_open()) co_return;
        if (error) { // most likely out of descriptors: to try again at once would spin
            self->pause.expires_after(std::chrono::milliseconds(100));
            co_await self->pause.async_wait(as_result);
            continue;
        }
        if (self->connections.size() >= most_connections) continue; // closes it
        auto connection = std::make_shared<Connection>(std::move(socket));
        self->connections.push_back(connection);
        asio::co_spawn(
            self->acceptor.get_executor(), serve(self, connection),
            [self, connection](std::exception_ptr) { self->connections.remove(connection); });
    }
}

Task<void> Endpoint::State::serve(std::shared_ptr<State> self,
                                  std::shared_ptr<Connection> connection) {
    const auto buffer = std::make_shared<boost::beast::flat_buffer>(2 * head_limit);
    bool again = true;
    while (again) {
        again = co_await serve_one(self, connection, buffer);
    }
    connection->close();
}

/// `parser` has read the head, and outlives the call.
Task<ErrorCode> read_body(std::shared_ptr<Connection> connection,
                          std::shared_ptr<boost::beast::flat_buffer> buffer, Parser& parser) {
    if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto bytes = asio::buffer(go_on.data(), go_on.size());
        const auto [write_error, written] =
            co_await asio::async_write(connection->socket, bytes, as_result);
        if (write_error) co_return write_error;
    }
    const auto [read_error, size] =
        co_await http::async_read(connection->socket, *buffer, parser, as_result);
    co_return read_error;
}

/// False when the connection must end.
Task<bool> Endpoint::State::serve_one(std::shared_ptr<State> self,
                                      std::shared_ptr<Connection> connection,
                                      std::shared_ptr<boost::beast::flat_buffer> buffer) {
    connection->arm(self->patience);
    Parser parser;
    parser.header_limit(head_limit);
    parser.body_limit(most_body);
    const auto [read_error, size] =
        co_await http::async_read_header(connection->socket, *buffer, parser, as_result);
    std::optional<Response> refusal = refuse_unread(read_error);
    if (read_error && !refusal) co_return false;

    Request request;
    if (!read_error) request = take_request(parser);
    bool is_read = !read_error && !request.has_body; // what follows is the next request
    if (!read_error && request.has_body && request.method == "POST") {
        const ErrorCode body_error = co_await read_body(connection, buffer, parser);
        refusal = refuse_unread(body_error);
        if (body_error && !refusal) co_return false;
        is_read = !body_error;
        request.body = std::move(parser.get().body());
    }
    const Response response = refusal ? std::move(*refusal) : self->handler(request);
    const bool keep_alive = is_read && parser.keep_alive() && !request.is_http_1_0;
    const std::string text = write_response(response, request.method == "HEAD", keep_alive);
    const auto bytes = asio::buffer(text);
    const auto [write_error, written] =
        co_await asio::async_write(connection->socket, bytes, as_result);
    co_return keep_alive && !write_error;
}

Endpoint::Endpoint(asio::io_context& io, const std::string& address, std::uint16_t port,
                   Handler handler, std::chrono::milliseconds patience_for_request)
    : state_(std::make_shared<State>(io, std::move(handler), patience_for_request)) {
    const auto endpoint = parse_endpoint(address, port);
    AnyAcceptor& acceptor = state_->acceptor;
    try {
        acceptor.open(endpoint.protocol());
        acceptor.set_option(AnyAcceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("admin: cannot listen on " + address + " port " +
                                 std::to_string(port) + ": " + error.code().message());
    }
    state_->port = port_of(acceptor.local_endpoint());
    asio::co_spawn(io.get_executor(), State::accept(state_), asio::detached);
}

Endpoint::Endpoint(asio::io_context& io, const std::string& socket_path, Handler handler,
                   std::chrono::milliseconds patience_for_request)
    : state_(std::make_shared<State>(io, std::move(handler), patience_for_request)) {
    state_->file = std::make_unique<SocketFile>(socket_path);
    const asio::generic::stream_protocol protocol(AF_UNIX, 0);
    state_->acceptor.assign(protocol, state_->file->release());
    asio::co_spawn(io.get_executor(), State::accept(state_), asio::detached);
}

Endpoint::~Endpoint() {
    state_->file.reset(); // before nobody listens on it, so that it is never taken for a stale one
    ErrorCode ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
    for (const auto& connection : state_->connections) connection->close();
}

std::uint16_t Endpoint::port() const { return state_->port; }

} // namespace gateway::admin
