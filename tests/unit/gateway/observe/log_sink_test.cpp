#include "gateway/observe/log_sink.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using gateway::observe::LogSink;

TEST(LogSink, TakesNothingBeforeItIsOpen) {
    LogSink sink;
    char text[] = "x\n";
    iovec piece{text, 2};
    EXPECT_EQ(sink.write(&piece, 1), 0u);
}

TEST(LogSink, KeepsTheOldFileWhenTheNewOneCannotBeOpened) {
    std::string pattern = (std::filesystem::temp_directory_path() / "claimgate-XXXXXX").string();
    const std::filesystem::path directory = ::mkdtemp(pattern.data());
    LogSink sink;
    EXPECT_EQ(sink.open(directory / "log"), "");
    EXPECT_EQ(sink.open(directory / "missing/log"),
              (directory / "missing/log").string() + ": No such file or directory");
    char text[] = "still here\n";
    iovec piece{text, 11};
    EXPECT_EQ(sink.write(&piece, 1), 11u);
    EXPECT_EQ(std::filesystem::file_size(directory / "log"), 11u);
    std::filesystem::remove_all(directory);
}

TEST(LogSink, TakesWhatFitsOfAPipeThatNobodyReads) {
    std::string pattern = (std::filesystem::temp_directory_path() / "claimgate-XXXXXX").string();
    const std::filesystem::path directory = ::mkdtemp(pattern.data());
    const std::string path = directory / "pipe";
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
    LogSink sink(std::chrono::milliseconds(1));
    ASSERT_EQ(sink.open(path), "");
    std::string text(1024 * 1024, 'x');
    iovec pieces[] = {{text.data(), text.size()}, {text.data(), text.size()}};
    const std::size_t taken = sink.write(pieces, 2);
    EXPECT_GT(taken, 0u);
    EXPECT_LT(taken, text.size());
    ::close(reader);
    std::filesystem::remove_all(directory);
}

} // namespace
