// The admin socket as a file, and as what the command line talks to.

#include "gateway/admin/endpoint.hpp"
#include "gateway/admin/socket_file.hpp"
#include "gateway/cli/admin_client.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace gateway::admin;
namespace asio = boost::asio;
namespace fs = std::filesystem;

class AdminSocket : public ::testing::Test {
protected:
    AdminSocket() {
        std::string pattern = (fs::temp_directory_path() / "claimgate-XXXXXX").string();
        directory_ = ::mkdtemp(pattern.data());
        path_ = directory_ / "claimgate.sock";
        std::ofstream(directory_ / "gateway.yaml") << "routes: broken\n";
    }
    ~AdminSocket() override {
        io_.stop();
        if (thread_.joinable()) thread_.join();
        fs::remove_all(directory_);
    }
    std::string why_not() {
        try {
            const SocketFile file(path_);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    }
    void leave_stale() {
        SocketFile file(path_);
        fs::rename(path_, directory_ / "moved"); // so that its end does not remove it
        ::close(file.release());
        fs::rename(directory_ / "moved", directory_ / "kept");
    }
    void serve(Handler handler) {
        endpoint_ = std::make_unique<Endpoint>(io_, path_.string(), std::move(handler));
        thread_ = std::thread([this] { io_.run(); });
    }
    std::optional<gateway::cli::AdminReply> ask(const gateway::cli::AdminRequest& request) {
        return gateway::cli::ask_admin(directory_ / "gateway.yaml", request, problem_);
    }

    fs::path directory_, path_;
    asio::io_context io_{1};
    std::unique_ptr<Endpoint> endpoint_;
    std::thread thread_;
    std::string problem_;
};

TEST_F(AdminSocket, IsForItsOwnerAloneAndGoesWithTheGateway) {
    {
        const SocketFile file(path_);
        struct stat status {};
        ASSERT_EQ(::lstat(path_.c_str(), &status), 0);
        EXPECT_TRUE(S_ISSOCK(status.st_mode));
        EXPECT_EQ(status.st_mode & 07777, 0600u);
    }
    EXPECT_FALSE(fs::exists(path_));
}

TEST_F(AdminSocket, IsForItsOwnerAloneWhateverTheUmask) {
    const mode_t before = ::umask(0);
    const SocketFile file(path_);
    ::umask(before);
    struct stat status {};
    ASSERT_EQ(::lstat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600u);
}

TEST_F(AdminSocket, TakesOverWhatADeadGatewayLeft) {
    leave_stale();
    fs::rename(directory_ / "kept", path_);
    ASSERT_TRUE(fs::is_socket(path_));
    EXPECT_EQ(why_not(), "");
}

TEST_F(AdminSocket, NeverTakesALiveOne) {
    const SocketFile live(path_);
    EXPECT_EQ(why_not(), "admin: cannot listen on the socket " + path_.string() +
                             ": another gateway listens there");
    EXPECT_TRUE(fs::is_socket(path_));
}

TEST_F(AdminSocket, LeavesOtherFilesAlone) {
    std::ofstream(path_) << "mine";
    EXPECT_EQ(why_not(), "admin: cannot listen on the socket " + path_.string() +
                             ": there is a file of that name that is no socket");
    fs::remove(path_);
    fs::create_symlink(directory_ / "elsewhere", path_);
    EXPECT_NE(why_not(), "");
    EXPECT_TRUE(fs::is_symlink(path_));
}

TEST_F(AdminSocket, IsKeptFromNobodyByALockOnItsDirectory) {
    const int directory = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::flock(directory, LOCK_EX | LOCK_NB), 0);
    EXPECT_EQ(why_not(), "");
    ::close(directory);
}

TEST_F(AdminSocket, IsKeptApartByALockOfItsUserAlone) {
    const fs::path lock = path_.string() + ".lock";
    EXPECT_EQ(why_not(), "");
    EXPECT_EQ(fs::status(lock).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const std::string begin = "admin: cannot listen on the socket " + path_.string() + ": ";
    const int held = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
    EXPECT_EQ(why_not(), begin + "another process holds the lock on " + lock.string());
    ::close(held);
    fs::permissions(lock, fs::perms::others_read, fs::perm_options::add);
    EXPECT_EQ(why_not(), begin + lock.string() + " is not a file of this user's alone");
    fs::remove(lock);
    fs::create_symlink(directory_ / "elsewhere", lock);
    EXPECT_NE(why_not().find(lock.string() + ": "), std::string::npos);
    EXPECT_FALSE(fs::exists(directory_ / "elsewhere"));
}

TEST_F(AdminSocket, RemovesOnlyItsOwnFile) {
    {
        const SocketFile file(path_);
        fs::remove(path_);
        std::ofstream(path_) << "another's";
    }
    EXPECT_TRUE(fs::exists(path_));
}

TEST_F(AdminSocket, SaysWhyItCannotBe) {
    path_ = directory_ / "no" / "such.sock";
    EXPECT_NE(why_not().find("No such file or directory"), std::string::npos) << why_not();
    path_ = "/" + std::string(200, 'x');
    EXPECT_NE(why_not().find("its path is too long"), std::string::npos) << why_not();
}

TEST_F(AdminSocket, AnswersTheCommandLine) {
    serve([](const Request& request) {
        Response response;
        response.status = 422;
        response.body =
            request.method + " " + request.target + " " + request.host + " " + request.body;
        return response;
    });
    const auto reply = ask({.method = "POST", .target = "/x", .body = "{}"});
    ASSERT_TRUE(reply) << problem_;
    EXPECT_EQ(reply->status, 422u);
    EXPECT_EQ(reply->body, "POST /x localhost {}");
    const std::string large(200'000, 'y');
    const auto echoed = ask({.method = "POST", .target = "/x", .body = large});
    ASSERT_TRUE(echoed) << problem_;
    EXPECT_EQ(echoed->body.size(), std::string("POST /x localhost ").size() + large.size());
    EXPECT_EQ(endpoint_->port(), 0);
}

TEST_F(AdminSocket, TellsTheCommandLineThatAnotherConfigurationIsInForce) {
    serve([](const Request& request) { return refuse(409, "x", "not " + request.configuration); });
    EXPECT_FALSE(ask({.target = "/"}));
    const fs::path file = fs::canonical(directory_) / "gateway.yaml";
    EXPECT_EQ(problem_, path_.string() + ": not " + file.string());
}

TEST_F(AdminSocket, TellsTheCommandLineWhyThereIsNoAnswer) {
    EXPECT_FALSE(ask({.target = "/"}));
    EXPECT_EQ(problem_, "no gateway listens on " + path_.string() +
                            "; is one running with this configuration?");
    const SocketFile silent(path_);
    EXPECT_FALSE(ask({.target = "/", .deadline = std::chrono::seconds(0)}));
    EXPECT_NE(problem_.find("timed out"), std::string::npos) << problem_;
    std::ofstream(directory_ / "gateway.yaml") << "admin: { socket: off }\n";
    EXPECT_FALSE(ask({.target = "/"}));
    EXPECT_NE(problem_.find("the admin socket is off"), std::string::npos) << problem_;
}

} // namespace
