#include "gateway/keys/http_get.hpp"

#include "gateway/keys/dial.hpp"
#include "gateway/keys/tls_client.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace gateway::keys {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t head_limit = 8 * 1024;
constexpr std::size_t read_buffer = 16 * 1024; // also bounds what Beast's header limit lets through

std::string write_head(const GetRequest& request) {
    std::string head =
        "GET " + request.to.url.target + " HTTP/1.1\r\nHost: " + request.to.url.authority();
    head +=
        "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\nUser-Agent: claimgate\r\n";
    if (!request.etag.empty()) head += "If-None-Match: " + request.etag + "\r\n";
    return head + "Connection: close\r\n\r\n";
}

FetchError read_error(const Flight& flight, ErrorCode error) {
    if (flight.has_expired()) return {FetchFailure::timed_out, "no complete answer in time"};
    if (error == http::error::body_limit || error == http::error::header_limit ||
        error == http::error::buffer_overflow)
        return {FetchFailure::too_large, "the answer is too large"};
    if (error == http::error::end_of_stream || error == http::error::partial_message ||
        error == asio::ssl::error::stream_truncated)
        return {FetchFailure::not_http, "the answer ended early"};
    if (error.category() == make_error_code(http::error::bad_status).category())
        return {FetchFailure::not_http, "the answer is not HTTP: " + error.message()};
    return {FetchFailure::unreachable, "the connection broke: " + error.message()};
}

/// Only what may be sent back in a request line by line: visible ASCII, short.
std::string safe_etag(std::string_view etag) {
    constexpr std::size_t longest = 256;
    if (etag.size() > longest) return {};
    for (const char c : etag)
        if (c <= ' ' || c > '~') return {};
    return std::string(etag);
}

FetchResult<GetReply> judge(http::response<http::string_body>&& response, bool conditional) {
    const unsigned status = response.result_int();
    GetReply reply;
    reply.cache_control = std::string(response[http::field::cache_control]);
    reply.age = std::string(response[http::field::age]);
    reply.etag = safe_etag(response[http::field::etag]);
    if (status == 304 && conditional) {
        reply.modified = false;
        return reply;
    }
    if (status >= 300 && status < 400)
        return FetchError{FetchFailure::redirected,
                          "redirects are not followed (status " + std::to_string(status) + ")"};
    if (status != 200)
        return FetchError{FetchFailure::bad_status, "status " + std::to_string(status)};
    const std::string_view coding = response[http::field::content_encoding];
    if (!coding.empty() && coding != "identity")
        return FetchError{FetchFailure::encoded,
                          "the answer has a content coding that was not asked for"};
    reply.body = std::move(response.body());
    return reply;
}

/// Sends the request and reads the answer on a stream that is ready: Socket or TLS over it.
template <class Stream>
Task<FetchResult<GetReply>> exchange(Stream& stream, std::shared_ptr<Flight> flight,
                                     GetRequest request) {
    const std::string head = write_head(request);
    const auto head_bytes = asio::buffer(head);
    const auto [write_failure, written] = co_await asio::async_write(stream, head_bytes, as_result);
    if (write_failure) co_return read_error(*flight, write_failure);

    http::response_parser<http::string_body> parser;
    parser.header_limit(head_limit);
    parser.body_limit(request.body_limit);
    boost::beast::flat_buffer buffer(read_buffer);
    const auto [read_failure, size] = co_await http::async_read(stream, buffer, parser, as_result);
    if (read_failure) co_return read_error(*flight, read_failure);
    co_return judge(parser.release(), !request.etag.empty());
}

} // namespace

Task<FetchResult<GetReply>> http_get(std::shared_ptr<Flight> flight, GetRequest request) {
    const auto dialled = co_await dial(flight, request.to);
    if (!dialled) co_return dialled.error();
    if (!request.to.url.tls) {
        auto reply = co_await exchange(flight->socket(), flight, request);
        flight->land();
        co_return reply;
    }
    TlsClient tls(request.to.url.host, request.ca_file, flight->socket());
    if (!tls.error().empty()) co_return FetchError{FetchFailure::untrusted, tls.error()};
    const auto [failure] =
        co_await tls.stream().async_handshake(TlsClient::Stream::client, as_result);
    if (failure && flight->has_expired())
        co_return FetchError{FetchFailure::timed_out, "no TLS handshake in time"};
    if (failure) co_return FetchError{FetchFailure::untrusted, tls.explain(failure)};
    auto reply = co_await exchange(tls.stream(), flight, request);
    flight->land();
    co_return reply;
}

} // namespace gateway::keys
