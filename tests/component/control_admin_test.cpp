// What the control thread opens to its operator: the socket, and the token.

#include "tests/component/control_fixture.hpp"

#include <filesystem>
#include <fstream>

namespace {

using ControlAdminTest = component::ControlTest;

TEST_F(ControlAdminTest, ReloadsOnTheAdminSocketAndSaysWhatItFound) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    EXPECT_NE(post_on_socket("/reload").find("{\"reloaded\":true,\"file\":"), std::string::npos);
    std::ofstream(file_) << "routes: 1\n";
    const std::string refused = post_on_socket("/reload");
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 422")) << refused;
    EXPECT_NE(refused.find("\"error\":\"the file has errors\",\"problems\":[{\"severity\":"
                           "\"error\""),
              std::string::npos)
        << refused;
    EXPECT_NE(refused.find("\"line\":1,\"column\":9,"), std::string::npos) << refused;
}

TEST_F(ControlAdminTest, AnswersAReloadThatMovesItsOwnSocket) {
    write_file();
    const auto control = make_control();
    control->start();
    write_file("/orders", "127.0.0.1:0', socket: 'other.sock");
    EXPECT_NE(post_on_socket("/reload").find("\"reloaded\":true"), std::string::npos);
    EXPECT_NE(post_on_socket("/reload", "other.sock").find("\"reloaded\":true"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(directory_ / "claimgate.sock"));
}

TEST_F(ControlAdminTest, StartsWithoutASocketThatNobodyAskedFor) {
    write_file();
    std::ofstream(directory_ / "claimgate.sock") << "a file";
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    std::ofstream(file_, std::ios::app) << "# the same\n";
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_reloads_total{result=\"success\"} 1\n");
}

TEST_F(ControlAdminTest, OpensNothingElseOnItsAddressWithoutAToken) {
    write_file();
    const auto control = make_control();
    control->start();
    const std::string answer = send(*control, "POST", "/reload");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 403")) << answer;
}

TEST_F(ControlAdminTest, OpensItsAddressToTheTokenOfTheNewestConfiguration) {
    const std::string token(32, 't'), other(32, 'u');
    write_file("/orders", "127.0.0.1:0', token: '" + token);
    const auto control = make_control();
    control->start();
    EXPECT_TRUE(send(*control, "POST", "/reload").starts_with("HTTP/1.1 401"));
    write_file("/orders", "127.0.0.1:0', token: '" + other);
    EXPECT_TRUE(send(*control, "POST", "/reload", token).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(send(*control, "POST", "/reload", token).starts_with("HTTP/1.1 401"));
    EXPECT_TRUE(send(*control, "POST", "/reload", other).starts_with("HTTP/1.1 200"));
}

TEST_F(ControlAdminTest, ExplainsWithTheKeysOfTheMoment) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    const auto explain = [&](const std::string& body) {
        return post_on_socket("/explain", "claimgate.sock", body);
    };
    const std::string missing = explain(R"({"path": "/orders", "client": "192.0.2.7"})");
    EXPECT_TRUE(missing.starts_with("HTTP/1.1 200")) << missing;
    EXPECT_NE(missing.find("\"reason\":\"token_missing\""), std::string::npos) << missing;
    EXPECT_NE(missing.find("\"found\":\"192.0.2.7\""), std::string::npos) << missing;
    const std::string bad = explain(R"({"path": "/orders", "token": "x.y.z"})");
    EXPECT_NE(bad.find("\"reason\":\"token_malformed\""), std::string::npos) << bad;
    write_file("/invoices");
    EXPECT_NE(post_on_socket("/reload").find("\"reloaded\":true"), std::string::npos);
    const std::string after = explain(R"({"path": "/orders"})");
    EXPECT_NE(after.find("\"reason\":\"no_route\""), std::string::npos) << after;
}

TEST_F(ControlAdminTest, ExplainsNoQuestionThatIsNone) {
    write_file();
    const auto control = make_control();
    control->start();
    for (const char* body :
         {"", "[]", "{}", R"({"path": 1})", R"({"path": "/", "headers": "x"})",
          R"({"path": "/", "headers": [1]})", R"({"path": "/", "headers": ["a b"]})",
          R"({"path": "/", "pth": ""})", R"({"path": "/", "at": "tomorrow"})",
          R"({"path": "/", "client": "me"})", R"({"path": "/", "token": "a\r\nb"})",
          R"({"path": "/ HTTP/1.1\r\nX: y"})", R"({"path": "/", "path": "/"})"})
        EXPECT_TRUE(post_on_socket("/explain", "claimgate.sock", body).starts_with("HTTP/1.1 400"))
            << body;
}

TEST_F(ControlAdminTest, NeverReadsAFileForAToken) {
    write_file();
    const auto control = make_control();
    control->start();
    const std::string answer = post_on_socket("/explain", "claimgate.sock",
                                              R"({"path": "/orders", "token": "@/etc/hostname"})");
    EXPECT_NE(answer.find("\"reason\":\"bad_credentials\""), std::string::npos) << answer;
}

TEST_F(ControlAdminTest, ExplainsOverTcpToTheTokenAlone) {
    const std::string token(32, 't');
    write_file("/orders", "127.0.0.1:0', token: '" + token);
    const auto control = make_control();
    control->start();
    const std::string body = R"({"path": "/orders"})";
    EXPECT_TRUE(send(*control, "POST", "/explain", "", body).starts_with("HTTP/1.1 401"));
    const std::string answer = send(*control, "POST", "/explain", token, body);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    EXPECT_EQ(answer.find(token), std::string::npos);
    EXPECT_TRUE(send(*control, "GET", "/explain", token).starts_with("HTTP/1.1 405"));
}

} // namespace
