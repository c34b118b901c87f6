#include "gateway/cli/input.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace gateway::cli {
namespace {

class Input : public testing::Test {
protected:
    std::string write(const std::string& content) {
        const std::string path = testing::TempDir() + "claimgate_input_" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name();
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::istringstream in;
    std::ostringstream out, err;
    Console console{in, out, err};
    std::string error;
};

TEST_F(Input, ReadsAFileWhole) {
    const std::string content("a\0b\n", 4);
    EXPECT_EQ(read_input(write(content), console, error), content);
}

TEST_F(Input, ReadsStandardInputForADash) {
    in.str("from a pipe");
    EXPECT_EQ(read_input("-", console, error), "from a pipe");
}

TEST_F(Input, SaysWhyAFileCannotBeRead) {
    EXPECT_FALSE(read_input("/no/such/file", console, error));
    EXPECT_EQ(error, "cannot read /no/such/file: No such file or directory");
}

TEST_F(Input, RefusesMoreThanAMebibyte) {
    EXPECT_TRUE(read_input(write(std::string(input_limit, 'x')), console, error));
    EXPECT_FALSE(read_input(write(std::string(input_limit + 1, 'x')), console, error));
    EXPECT_NE(error.find("larger than 1 MiB"), std::string::npos);
}

TEST_F(Input, TakesATokenAsItselfFromAFileOrFromStandardInput) {
    EXPECT_EQ(read_token(" a.b.c\n", console, error), "a.b.c");
    EXPECT_EQ(read_token("@" + write("a.b.c\n"), console, error), "a.b.c");
    in.str("\ta.b.c \r\n");
    EXPECT_EQ(read_token("-", console, error), "a.b.c");
    EXPECT_FALSE(read_token("@/no/such/file", console, error));
}

} // namespace
} // namespace gateway::cli
