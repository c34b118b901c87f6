#include "gateway/cli/admin_client.hpp"

#include "config/files.hpp"
#include "config/load.hpp"
#include "gateway/admin/response.hpp"
#include "gateway/cli/printable.hpp"
#include "gateway/io.hpp"
#include "policy/json.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

namespace gateway::cli {
namespace {

namespace http = boost::beast::http;
using Local = asio::local::stream_protocol;

constexpr std::uint64_t most_body = std::uint64_t{64} << 20;

std::string write_request(const AdminRequest& request, const std::string& configuration) {
    std::string text(request.method);
    text.append(" ").append(request.target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    text.append(admin::configuration_field).append(": ").append(configuration);
    text += "\r\nConnection: close\r\n";
    if (request.method == "POST")
        text += "Content-Type: application/json\r\nContent-Length: " +
                std::to_string(request.body.size()) + "\r\n";
    return text.append("\r\n").append(request.body);
}

std::string explain_failure(const std::string& path, const ErrorCode& error) {
    if (error == asio::error::connection_refused ||
        error == boost::system::errc::no_such_file_or_directory)
        return "no gateway listens on " + path + "; is one running with this configuration?";
    if (error == boost::system::errc::permission_denied)
        return path + ": permission denied; ask as the user that the gateway runs as";
    return path + ": " + error.message();
}

/// Its steps follow each other on one loop, so that one deadline holds for all of them.
class Conversation {
public:
    Conversation(const std::string& path, const AdminRequest& request,
                 const std::string& configuration)
        : text_(write_request(request, configuration)), socket_(io_) {
        parser_.body_limit(most_body);
        socket_.async_connect(Local::endpoint(path), [this](ErrorCode error) {
            if (take(error)) send();
        });
        io_.run_for(request.deadline);
    }

    const ErrorCode& error() const { return error_; } ///< timed_out where nothing else came first
    AdminReply take_reply() {
        return {parser_.get().result_int(), std::move(parser_.get().body())};
    }

private:
    bool take(const ErrorCode& error) {
        error_ = error ? error : ErrorCode(asio::error::timed_out);
        return !error;
    }
    void send() {
        asio::async_write(socket_, asio::buffer(text_), [this](ErrorCode error, std::size_t) {
            if (take(error)) receive();
        });
    }
    void receive() {
        http::async_read(socket_, buffer_, parser_,
                         [this](ErrorCode error, std::size_t) { error_ = error; });
    }

    asio::io_context io_{1};
    const std::string text_;
    boost::beast::flat_buffer buffer_{std::size_t{64} << 10};
    http::response_parser<http::string_body> parser_;
    asio::basic_stream_socket<Local, Executor> socket_;
    ErrorCode error_ = asio::error::timed_out;
};

bool can_be_a_field(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// Why a gateway that runs with another file refused.
std::string detail_of(const std::string& body) {
    const auto answer = policy::parse_json(body, {.bytes = body.size()});
    const auto detail = answer ? answer->root().find("detail") : std::nullopt;
    return detail && detail->is(policy::JsonType::string) ? printable(detail->text())
                                                          : "another configuration is in force";
}

} // namespace

std::optional<AdminReply> ask_admin(const std::string& config_file, const AdminRequest& request,
                                    std::string& problem) {
    const std::string path = config::load_admin(config_file).socket;
    if (path.empty()) {
        problem = "the admin socket is off in " + config_file;
        return std::nullopt;
    }
    const std::string configuration = config::canonical_path(config_file);
    if (!can_be_a_field(configuration)) {
        problem = "a control character is in the path " + printable(configuration);
        return std::nullopt;
    }
    try {
        Conversation conversation(path, request, configuration);
        if (conversation.error()) {
            problem = explain_failure(path, conversation.error());
            return std::nullopt;
        }
        AdminReply reply = conversation.take_reply();
        if (reply.status != 409) return reply;
        problem = path + ": " + detail_of(reply.body);
    } catch (const boost::system::system_error& error) { // a path that no socket can have
        problem = explain_failure(path, error.code());
    }
    return std::nullopt;
}

} // namespace gateway::cli
