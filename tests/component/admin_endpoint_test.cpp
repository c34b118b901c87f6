// The admin listener by raw socket.

#include "gateway/admin/endpoint.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace {

using namespace gateway::admin;
namespace asio = boost::asio;
using asio::ip::tcp;

class AdminEndpoint : public ::testing::Test {
protected:
    explicit AdminEndpoint(std::chrono::milliseconds patience = Endpoint::patience)
        : endpoint_(std::make_unique<Endpoint>(
              io_, "127.0.0.1", 0, [this](const Request& request) { return handle(request); },
              patience)),
          port_(endpoint_->port()), thread_([this] { io_.run(); }) {}
    ~AdminEndpoint() override {
        io_.stop();
        thread_.join();
    }

    Response handle(const Request& request) {
        ++handled_;
        if (request.target == "/throw") throw std::runtime_error("a bug");
        Response response;
        response.status = request.method == "POST" ? 405 : 200;
        response.allow = request.method == "POST" ? "GET, HEAD" : "";
        response.body = request.method + " " + request.target + " " + request.host + " " +
                        std::to_string(request.hosts) + (request.has_body ? " body" : "") +
                        (request.is_http_1_0 ? " old" : "") +
                        (request.authorization.empty() ? "" : " by " + request.authorization) +
                        (request.body.empty() ? "" : " " + request.body);
        return response;
    }
    tcp::socket connect() {
        tcp::socket socket(client_io_);
        socket.connect({asio::ip::address_v4::loopback(), port_});
        return socket;
    }
    static void send(tcp::socket& socket, std::string_view bytes) {
        boost::system::error_code error;
        asio::write(socket, asio::buffer(bytes.data(), bytes.size()), error);
    }
    /// All that comes until the gateway closes.
    static std::string read_all(tcp::socket& socket) {
        std::string text;
        boost::system::error_code error;
        asio::read(socket, asio::dynamic_buffer(text), error);
        return text;
    }
    std::string talk(std::string_view bytes) {
        tcp::socket socket = connect();
        send(socket, bytes);
        return read_all(socket);
    }

    asio::io_context io_{1}, client_io_;
    std::atomic<int> handled_{0};
    std::unique_ptr<Endpoint> endpoint_;
    std::uint16_t port_;
    std::thread thread_;
};

std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

TEST_F(AdminEndpoint, AnswersWithAPlainHead) {
    EXPECT_EQ(talk("GET /livez HTTP/1.1\r\nHost: a:1\r\nConnection: close\r\n\r\n"),
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              "16\r\nCache-Control: no-store\r\n"
              "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nGET /livez a:1 1");
}

TEST_F(AdminEndpoint, AnswersHeadWithoutABody) {
    const std::string answer = talk("HEAD /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answer.find("Content-Length: 15\r\n"), std::string::npos) << answer;
    EXPECT_EQ(body_of(answer), "");
}

TEST_F(AdminEndpoint, NamesTheMethodsItHas) {
    EXPECT_NE(talk("POST /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .find("Allow: GET, HEAD\r\n"),
              std::string::npos);
}

TEST_F(AdminEndpoint, KeepsTheConnectionForTheNextRequest) {
    const std::string answer =
        talk("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: "
             "close\r\n\r\n");
    EXPECT_LT(answer.find("GET /1"), answer.find("GET /2"));
    EXPECT_NE(answer.find("GET /2"), std::string::npos);
}

TEST_F(AdminEndpoint, ClosesAfterHttp10) {
    EXPECT_EQ(body_of(talk("GET / HTTP/1.0\r\n\r\n")), "GET /  0 old");
}

TEST_F(AdminEndpoint, NeverReadsABodyAsARequest) {
    for (const char* framing : {"Content-Length: 30", "Transfer-Encoding: chunked"}) {
        handled_ = 0;
        const std::string answer = talk("GET / HTTP/1.1\r\nHost: a\r\n" + std::string(framing) +
                                        "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_NE(answer.find(" body"), std::string::npos) << answer;
        EXPECT_EQ(handled_, 1) << framing;
    }
}

TEST_F(AdminEndpoint, ReadsTheBodyOfAPostAndGoesOn) {
    const std::string answer = talk(
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nyou\r\n0\r\n\r\n"
        "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answer.find("POST /1 a 1 body hello"), std::string::npos) << answer;
    EXPECT_NE(answer.find("POST /2 a 1 body you"), std::string::npos) << answer;
    EXPECT_NE(answer.find("GET /3 a 1"), std::string::npos) << answer;
}

TEST_F(AdminEndpoint, SaysThatABodyMayComeWhenAsked) {
    const std::string answer =
        talk("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
             "Content-Length: 2\r\n\r\nhi");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 405")) << answer;
}

TEST_F(AdminEndpoint, RefusesALargeBodyBeforeItIsRead) {
    const std::string size = std::to_string(Endpoint::most_body + 1);
    const std::string answer =
        talk("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
    EXPECT_EQ(handled_, 0);
}

TEST_F(AdminEndpoint, RefusesABodyThatIsNoBody) {
    const std::string answer =
        talk("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << answer;
    EXPECT_EQ(handled_, 0);
}

TEST_F(AdminEndpoint, TakesOneAuthorizationOnly) {
    const std::string one = "Authorization: Bearer x\r\n";
    const std::string begin = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    EXPECT_NE(talk(begin + one + "\r\n").find(" by Bearer x"), std::string::npos);
    EXPECT_EQ(talk(begin + one + one + "\r\n").find(" by "), std::string::npos);
}

TEST_F(AdminEndpoint, AnswersRubbishWith400AndCloses) {
    for (const char* bytes :
         {"\x16\x03\x01\x02\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/3\r\n\r\n",
          "GET / HTTP/1.1\r\nA B: c\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"}) {
        EXPECT_EQ(talk(bytes).substr(0, 12), "HTTP/1.1 400") << bytes;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(AdminEndpoint, RefusesAHugeHead) {
    const std::string answer =
        talk("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 400")) << answer;
    EXPECT_EQ(handled_, 0);
}

TEST_F(AdminEndpoint, OutlivesAPageThatThrows) {
    EXPECT_EQ(talk("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n"), "");
    EXPECT_NE(talk("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "");
}

TEST_F(AdminEndpoint, ClosesWhatGoesBeyondItsConnections) {
    std::vector<tcp::socket> held;
    for (std::size_t i = 0; i < Endpoint::most_connections; ++i) {
        held.push_back(connect());
        send(held.back(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        char byte = 0;
        asio::read(held.back(), asio::buffer(&byte, 1)); // accepted for sure
    }
    EXPECT_EQ(talk("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "");
    held.pop_back();
    std::string answer; // until the gateway has seen that one left
    while (answer.empty()) answer = talk("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200"));
}

class ImpatientAdminEndpoint : public AdminEndpoint {
protected:
    ImpatientAdminEndpoint() : AdminEndpoint(std::chrono::milliseconds(50)) {}
};

TEST_F(ImpatientAdminEndpoint, ClosesOnAClientThatSaysNothing) {
    tcp::socket socket = connect();
    EXPECT_EQ(read_all(socket), "");
    tcp::socket slow = connect();
    send(slow, "GET / HTTP/1.1\r\nHo");
    EXPECT_EQ(read_all(slow), "");
}

TEST(AdminEndpointAddress, SaysWhyItCannotBeBound) {
    asio::io_context io;
    const auto handler = [](const Request&) { return Response(); };
    const Endpoint first(io, "127.0.0.1", 0, handler);
    try {
        const Endpoint second(io, "127.0.0.1", first.port(), handler);
        FAIL() << "two listeners on one port";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string(error.what()), "admin: cannot listen on 127.0.0.1 port " +
                                                 std::to_string(first.port()) +
                                                 ": Address already in use");
    }
    EXPECT_THROW(Endpoint(io, "not an address", 0, handler), std::runtime_error);
}

} // namespace
