#include "gateway/observe/access_log.hpp"
#include "gateway/observe/log_ring.hpp"
#include "gateway/observe/log_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace gateway::observe;

class AccessLog : public ::testing::Test {
protected:
    AccessLog() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "claimgate-XXXXXX").string();
        directory_ = ::mkdtemp(pattern.data());
    }
    ~AccessLog() override { std::filesystem::remove_all(directory_); }

    config::AccessLog settings(config::LogFormat format = config::LogFormat::text) {
        return {.format = format, .path = (directory_ / "access.log").string(), .claims = {}};
    }
    static std::string read(const std::filesystem::path& path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static AccessRecord record(std::string_view path) {
        AccessRecord record;
        record.path = path;
        return record;
    }

    std::filesystem::path directory_;
};

TEST_F(AccessLog, WritesEveryLineInOrderBeforeTheWriterEnds) {
    const auto log = settings();
    {
        LogWriter writer("access_log", log.path);
        AccessLogger logger(writer.make_ring(), log);
        for (int i = 0; i < 1000; ++i) EXPECT_TRUE(logger.write(record("/" + std::to_string(i))));
    }
    const std::string text = read(log.path);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1000);
    EXPECT_LT(text.find(" /1 "), text.find(" /2 "));
    EXPECT_LT(text.find(" /998 "), text.find(" /999 "));
}

TEST_F(AccessLog, KeepsTheLinesOfSeveralWorkersWhole) {
    const auto log = settings();
    {
        LogWriter writer("access_log", log.path);
        std::vector<std::thread> workers;
        for (int w = 0; w < 3; ++w)
            workers.emplace_back([&] {
                AccessLogger logger(writer.make_ring(), log);
                for (int i = 0; i < 500; ++i) EXPECT_TRUE(logger.write(record("/x")));
            });
        for (auto& worker : workers) worker.join();
    }
    std::ifstream file(log.path);
    int lines = 0;
    for (std::string line; std::getline(file, line); ++lines)
        EXPECT_EQ(line, "1970-01-01T00:00:00.000Z - - - /x 0 allowed - - - 0 0 0.000 -");
    EXPECT_EQ(lines, 1500);
}

TEST_F(AccessLog, CreatesTheFileForOwnerAndGroupOnly) {
    const auto old = ::umask(0);
    { LogWriter writer("access_log", settings().path); }
    ::umask(old);
    struct stat status {};
    ASSERT_EQ(::stat(settings().path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0640u);
}

TEST_F(AccessLog, SaysWhyItsFileCannotBeOpened) {
    auto log = settings();
    log.path = (directory_ / "missing" / "access.log").string();
    LogWriter writer("access_log", log.path);
    EXPECT_NE(writer.error().find("No such file"), std::string::npos);
}

TEST_F(AccessLog, TellsTheWorkerThatALineWasDropped) {
    auto ring = std::make_shared<LogRing>(64);
    AccessLogger logger(ring, settings());
    EXPECT_FALSE(logger.write(record("/a-path-that-makes-the-line-longer-than-the-ring")));
}

TEST_F(AccessLog, WritesNothingInFormatNone) {
    auto ring = std::make_shared<LogRing>(64);
    AccessLogger logger(ring, settings(config::LogFormat::none));
    EXPECT_TRUE(logger.write(record("/x")));
    EXPECT_TRUE(ring->peek()[0].empty());
    logger.configure(settings(config::LogFormat::json));
    EXPECT_FALSE(logger.write(record("/x"))) << "a JSON line is longer than 64 bytes";
}

TEST_F(AccessLog, CountsLinesThatAReaderWhoLeftWillNeverSee) {
    const auto log = settings();
    ASSERT_EQ(::mkfifo(log.path.c_str(), 0600), 0);
    const int reader = ::open(log.path.c_str(), O_RDONLY | O_NONBLOCK);
    std::uint64_t lost = 0;
    {
        LogWriter writer("access_log", log.path);
        AccessLogger logger(writer.make_ring(), log);
        ::close(reader);
        EXPECT_TRUE(logger.write(record("/1")));
        EXPECT_TRUE(logger.write(record("/2")));
        while ((lost = writer.lost()) < 2) std::this_thread::yield();
    }
    EXPECT_EQ(lost, 2u);
}

TEST_F(AccessLog, WritesToANewFileAfterRotation) {
    const auto log = settings();
    LogWriter writer("access_log", log.path);
    AccessLogger logger(writer.make_ring(), log);
    EXPECT_TRUE(logger.write(record("/before")));
    while (read(log.path).empty()) std::this_thread::yield();
    std::filesystem::rename(log.path, directory_ / "old.log");
    writer.reopen();
    while (!std::filesystem::exists(log.path)) std::this_thread::yield();
    EXPECT_TRUE(logger.write(record("/after")));
    while (read(log.path).empty()) std::this_thread::yield();
    EXPECT_EQ(read(directory_ / "old.log").find("/after"), std::string::npos);
    EXPECT_NE(read(log.path).find("/after"), std::string::npos);
}

} // namespace
