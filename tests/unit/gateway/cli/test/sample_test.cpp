#include "gateway/cli/test/sample.hpp"

#include <gtest/gtest.h>

namespace gateway::cli::test {
namespace {

TEST(Sample, TakesTheFirstWayThroughAnExpression) {
    const std::pair<const char*, const char*> cases[] = {
        {"abc", "abc"},
        {"[a-z-]{1,40}", "a"},
        {"^repo:[a-z]{3}/.+$", "repo:aaa/x"},
        {"(?:main|release)-\\d+", "main-1"},
        {"(a|b)?c*", "ac"},
        {"\\w\\.\\w{2,}", "x.xx"},
        {"[]]x", "]x"},
        {"a+?b", "ab"},
        {"", ""},
    };
    for (const auto& [pattern, text] : cases) EXPECT_EQ(sample_of(pattern), text) << pattern;
}

TEST(Sample, DoesNotGuessWhatItDoesNotUnderstand) {
    for (const char* pattern :
         {"[^a]", "(?i)a", "\\b", "(a", "a)", "a{", "*", "\\", "[a", "a{1000}", "\\pL"})
        EXPECT_EQ(sample_of(pattern), std::nullopt) << pattern;
    EXPECT_EQ(sample_of(std::string(1000, '(')), std::nullopt);
}

} // namespace
} // namespace gateway::cli::test
