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

} // namespace
