#include "gateway/admin/endpoint.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include <list>
#include <stdexcept>

namespace gateway::admin {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t head_limit = 8 * 1024;

/// A socket that is closed when its time is over; whatever waits for it ends then.
struct Connection : std::enable_shared_from_this<Connection> {
    explicit Connection(Socket s) : socket(std::move(s)), timer(socket.get_executor()) {}

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

    Socket socket;
    Timer timer;
};

using Parser = http::request_parser<http::empty_body>;

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
    if (!keep_alive) text += "Connection: close\r\n";
    text += "\r\n";
    if (!head_only) text += response.body;
    return text;
}

Response bad_request() {
    Response response;
    response.status = 400;
    response.body = "{\"status\":\"bad request\"}\n";
    return response;
}

Tcp::acceptor::endpoint_type parse_endpoint(const std::string& address, std::uint16_t port) {
    ErrorCode error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) throw std::runtime_error("admin: " + address + " is not an address");
    return {parsed, port};
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

    Acceptor acceptor;
    Timer pause;
    Handler handler;
    std::chrono::milliseconds patience;
    std::list<std::shared_ptr<Connection>> connections;
};

Task<void> Endpoint::State::accept(std::shared_ptr<State> self) {
    while (self->acceptor.is_open()) {
        auto [error, socket] = co_await self->acceptor.async_accept(as_result);
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

/// False when the connection must end.
Task<bool> Endpoint::State::serve_one(std::shared_ptr<State> self,
                                      std::shared_ptr<Connection> connection,
                                      std::shared_ptr<boost::beast::flat_buffer> buffer) {
    connection->arm(self->patience);
    Parser parser;
    parser.header_limit(head_limit);
    const auto [read_error, size] =
        co_await http::async_read_header(connection->socket, *buffer, parser, as_result);
    const bool is_malformed =
        read_error.category() == make_error_code(http::error::bad_method).category() &&
        read_error != http::error::end_of_stream && read_error != http::error::partial_message;
    if (read_error && !is_malformed) co_return false;

    const Request request = is_malformed ? Request() : take_request(parser);
    const Response response = is_malformed ? bad_request() : self->handler(request);
    const bool keep_alive =
        !is_malformed && !request.has_body && parser.keep_alive() && !request.is_http_1_0;
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
    try {
        state_->acceptor.open(endpoint.protocol());
        state_->acceptor.set_option(Acceptor::reuse_address(true));
        state_->acceptor.bind(endpoint);
        state_->acceptor.listen();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("admin: cannot listen on " + address + " port " +
                                 std::to_string(port) + ": " + error.code().message());
    }
    asio::co_spawn(io.get_executor(), State::accept(state_), asio::detached);
}

Endpoint::~Endpoint() {
    ErrorCode ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
    for (const auto& connection : state_->connections) connection->close();
}

std::uint16_t Endpoint::port() const { return state_->acceptor.local_endpoint().port(); }

} // namespace gateway::admin
