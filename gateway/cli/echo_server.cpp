#include "gateway/cli/echo_server.hpp"

#include "policy/json.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <stdexcept>

namespace gateway::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using beast::string_view;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds patience(60); ///< for the next byte of a client

/// Beast's parser, writing down what it meets.
class RecordingParser : public http::basic_parser<true> {
public:
    RecordingParser() { body_limit(boost::none); }

    EchoedRequest request;
    bool expects_continue = false;

private:
    void on_request_impl(http::verb, string_view method, string_view target, int version,
                         error_code&) override {
        request.method = std::string(method);
        request.target = std::string(target);
        request.minor_version = version % 10;
    }
    void on_field_impl(http::field id, string_view name, string_view value, error_code&) override {
        request.fields.emplace_back(name, value);
        if (id == http::field::expect) expects_continue = true;
    }
    std::size_t on_body_impl(string_view piece, error_code&) override {
        const std::size_t room = EchoedRequest::body_kept - request.body.size();
        request.body.append(piece.data(), std::min(room, piece.size()));
        request.body_size += piece.size();
        return piece.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code& ec) override {
        return on_body_impl(piece, ec);
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}
};

std::string render(const EchoedRequest& request, bool keep_alive) {
    const std::string body = request.to_json();
    std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    answer += std::to_string(body.size());
    answer += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    if (request.method != "HEAD") answer += body;
    return answer;
}

/// One request and its answer; false when the connection is of no more use.
asio::awaitable<bool> answer_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
    RecordingParser parser;
    stream.expires_after(patience);
    const auto [head_error, head_size] =
        co_await http::async_read_header(stream, buffer, parser, as_result);
    if (head_error) co_return false;
    if (parser.expects_continue) {
        const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, size] =
            co_await asio::async_write(stream, asio::buffer(interim), as_result);
        if (error) co_return false;
    }
    while (!parser.is_done()) {
        stream.expires_after(patience);
        const auto [error, size] =
            co_await http::async_read_some(stream, buffer, parser, as_result);
        if (error) co_return false;
    }
    const bool keep_alive = parser.keep_alive() && parser.request.minor_version == 1;
    const std::string answer = render(parser.request, keep_alive);
    const auto [error, size] = co_await asio::async_write(stream, asio::buffer(answer), as_result);
    co_return !error && keep_alive;
}

asio::awaitable<void> serve(tcp::socket socket) {
    beast::tcp_stream stream(std::move(socket));
    beast::flat_buffer buffer(EchoedRequest::body_kept);
    while (co_await answer_one(stream, buffer)) {
    }
    error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> accept_loop(tcp::acceptor& acceptor) {
    asio::steady_timer pause(acceptor.get_executor());
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (error == asio::error::operation_aborted) co_return;
        if (error) { // no descriptors, most likely: do not spin
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(as_result);
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

tcp::endpoint parse_bind(std::string_view bind) {
    const std::size_t colon = bind.rfind(':');
    if (colon == std::string_view::npos) throw std::runtime_error("expected ADDRESS:PORT");
    std::string host(bind.substr(0, colon));
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const std::string_view digits = bind.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(digits.begin(), digits.end(), port);
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error || problem != std::errc() || end != digits.end())
        throw std::runtime_error("expected ADDRESS:PORT, not " + std::string(bind));
    return {address, port};
}

} // namespace

std::string EchoedRequest::to_json() const {
    std::string out = "{\n  \"method\": ";
    policy::append_json_string(out, method);
    out += ",\n  \"target\": ";
    policy::append_json_string(out, target);
    out += ",\n  \"version\": \"HTTP/1." + std::to_string(minor_version) + "\",\n  \"headers\": [";
    const char* separator = "\n    [";
    for (const auto& [name, value] : fields) {
        out += separator;
        policy::append_json_string(out, name);
        out += ", ";
        policy::append_json_string(out, value);
        out += ']';
        separator = ",\n    [";
    }
    out += fields.empty() ? "]" : "\n  ]";
    out += ",\n  \"body\": { \"bytes\": " + std::to_string(body_size) + ", \"text\": ";
    policy::append_json_string(out, body);
    out += " }\n}\n";
    return out;
}

struct EchoServer::State {
    explicit State(const tcp::endpoint& endpoint) : acceptor(io, endpoint), signals(io) {}

    asio::io_context io{1};
    tcp::acceptor acceptor;
    asio::signal_set signals;
    std::string address;
};

EchoServer::EchoServer(std::string_view bind) {
    try {
        state_ = std::make_unique<State>(parse_bind(bind));
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + std::string(bind) + ": " +
                                 error.code().message());
    }
    state_->address = state_->acceptor.local_endpoint().address().to_string();
}

EchoServer::~EchoServer() = default;

const std::string& EchoServer::address() const { return state_->address; }

std::uint16_t EchoServer::port() const { return state_->acceptor.local_endpoint().port(); }

void EchoServer::run() {
    state_->signals.add(SIGINT);
    state_->signals.add(SIGTERM);
    state_->signals.async_wait([this](error_code error, int) {
        if (!error) state_->io.stop();
    });
    asio::co_spawn(state_->io, accept_loop(state_->acceptor), asio::detached);
    state_->io.run();
}

void EchoServer::stop() { state_->io.stop(); }

} // namespace gateway::cli
