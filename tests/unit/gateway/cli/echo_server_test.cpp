#include "gateway/cli/echo_server.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gateway::cli {
namespace {

TEST(EchoedRequest, ShowsFieldsInTheirOrderAndSpelling) {
    EchoedRequest request;
    request.method = "POST";
    request.target = "/a?b=\"c\"";
    request.fields = {{"X-B", "2"}, {"x-a", "1"}, {"X-B", "3"}};
    request.body = "hi\n";
    request.body_size = 3;
    EXPECT_EQ(request.to_json(), R"({
  "method": "POST",
  "target": "/a?b=\"c\"",
  "version": "HTTP/1.1",
  "headers": [
    ["X-B", "2"],
    ["x-a", "1"],
    ["X-B", "3"]
  ],
  "body": { "bytes": 3, "text": "hi\n" }
}
)");
}

TEST(EchoServer, TakesAFreePortAndSaysWhich) {
    EchoServer server("127.0.0.1:0");
    EXPECT_EQ(server.address(), "127.0.0.1");
    EXPECT_NE(server.port(), 0);
}

TEST(EchoServer, RefusesWhatIsNotAnAddressWithAPort) {
    for (const char* bind : {"", "8081", "localhost:8081", "127.0.0.1:", "127.0.0.1:99999",
                             "127.0.0.1:80x", "127.0.0.1:-1"})
        EXPECT_THROW(EchoServer{bind}, std::runtime_error) << bind;
}

TEST(EchoServer, SaysThatAPortIsTaken) {
    const EchoServer first("127.0.0.1:0");
    EXPECT_THROW(EchoServer("127.0.0.1:" + std::to_string(first.port())), std::runtime_error);
}

} // namespace
} // namespace gateway::cli
