#include "config/yaml.hpp"
#include "config/yaml_bytes.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::report;

std::string problem_in(std::string_view text) {
    const std::optional<Problem> problem = check_bytes(text);
    return problem ? report({*problem}) : std::string();
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::string problems_of_parsing(std::string_view text) {
    Problems problems;
    EXPECT_FALSE(parse_yaml(text, "t.yaml", problems));
    return report(problems);
}

TEST(Bytes, MustBeUtf8) {
    EXPECT_EQ(problem_in("a: \xc3\xa4\n"), "");
    EXPECT_EQ(problem_in("a: b\nc: \xe4\n"),
              "2:4 this byte is not UTF-8 (save the file as UTF-8)\n");
    EXPECT_EQ(problem_in("\xef\xbb\xbf"
                         "a: b\n"),
              "1:1 the file begins with a byte order mark (save it as UTF-8 without one)\n");
    EXPECT_EQ(problem_in(std::string_view("a\0:\0", 4)),
              "1:2 a NUL byte stands here (save the file as UTF-8)\n");
    EXPECT_EQ(problem_in(std::string_view("\xff\xfe"
                                          "a\0",
                                          4)),
              "1:1 this byte is not UTF-8 (save the file as UTF-8)\n");
}

TEST(Bytes, HoldNoControls) {
    EXPECT_EQ(problem_in("a: b\x01\n"), "1:5 a control byte stands here\n");
    EXPECT_EQ(problem_in("a: b\x7f\n"), "1:5 a control byte stands here\n");
    EXPECT_EQ(problem_in("a: b\r\nc: d\r\n"), "");
    EXPECT_EQ(problem_in("a: b\rc: d\n"),
              "1:5 a carriage return stands here without a line feed\n");
}

TEST(Bytes, HoldNoTabInTheIndentation) {
    EXPECT_EQ(problem_in("a:\n\tb: 1\n"),
              "2:1 a tab stands in the indentation (indent with spaces)\n");
    EXPECT_EQ(problem_in("a:\n  \tb: 1\n"),
              "2:3 a tab stands in the indentation (indent with spaces)\n");
    EXPECT_EQ(problem_in("a: b\t# comment\n"), "");
}

TEST(Bounds, FileSize) {
    EXPECT_EQ(problem_in(std::string(max_file_bytes, '#')), "");
    EXPECT_EQ(problem_in(std::string(max_file_bytes + 1, '#')),
              "0:0 the file is larger than 4 MiB\n");
}

TEST(Bounds, Nesting) {
    Problems problems;
    EXPECT_TRUE(parse_yaml(repeat("[", 64) + repeat("]", 64), "t.yaml", problems));
    EXPECT_EQ(problems_of_parsing(repeat("[", 65) + repeat("]", 65)),
              "1:65 nested too deeply: more than 64 levels\n");
    EXPECT_EQ(problems_of_parsing(repeat("- ", 100'000)),
              "1:129 nested too deeply: more than 64 levels\n");
    EXPECT_EQ(problems_of_parsing("a: " + repeat("{a: ", 50'000)),
              "1:256 nested too deeply: more than 64 levels\n");
}

TEST(Bounds, Nodes) {
    Problems problems;
    EXPECT_TRUE(parse_yaml("[" + repeat("1,", max_nodes - 1) + "]", "t.yaml", problems));
    EXPECT_EQ(problems_of_parsing("[" + repeat("1,", max_nodes + 1) + "]"),
              "1:200002 too large: more than 100000 values\n");
}

TEST(Bounds, BracketsBeforeTheyAreRead) {
    EXPECT_EQ(problems_of_parsing("{" + repeat("a,", 500'000)),
              "0:0 too large: more than 400000 brackets and commas\n");
}

TEST(Bounds, AliasesNeverMultiply) {
    std::string bomb = "a: &a [x, x]\n";
    for (char name = 'b'; name < 'k'; ++name) {
        const std::string before(1, static_cast<char>(name - 1));
        bomb += std::string(1, name) + ": &" + name + " [*" + before + ", *" + before + "]\n";
    }
    Problems problems;
    const std::optional<Node> root = parse_yaml(bomb, "t.yaml", problems);
    ASSERT_TRUE(root);
    EXPECT_TRUE(has_errors(problems));
    EXPECT_EQ(root->members.back().value.items.size(), 2u);
    EXPECT_EQ(root->members.back().value.items[0].kind, NodeKind::refused);
}

} // namespace
} // namespace config
