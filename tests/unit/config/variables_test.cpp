#include "config/variables.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::report;
using test::Variables;

const Variables variables = {
    {"NAME", "ada"}, {"EMPTY", ""}, {"NESTED", "${NAME}"}, {"YAML", "[a, {b: c}]"}};

struct Replaced {
    Node node;
    std::string problems;
};

Replaced replace(const std::string& text) {
    Node node{.at = {3, 7}, .kind = NodeKind::scalar, .text = text};
    Problems problems;
    const Environment environment = [](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
    replace_variables(node, environment, "/nowhere/t.yaml", problems);
    return {.node = std::move(node), .problems = report(problems)};
}

struct Row {
    std::string text;
    std::string result;
};

TEST(Variables, AreReplaced) {
    const Row table[] = {
        {"${NAME}", "ada"},
        {"<${NAME}-${NAME}>", "<ada-ada>"},
        {"${NAME:-x}", "ada"},
        {"${EMPTY}", ""},
        {"${EMPTY:-x}", "x"},
        {"${UNSET:-x}", "x"},
        {"${UNSET:-}", ""},
        {"${UNSET:-a:-b}", "a:-b"},
        {"${UNSET:-http://a/$b}", "http://a/$b"},
    };
    for (const Row& row : table) {
        const Replaced replaced = replace(row.text);
        EXPECT_EQ(replaced.node.text, row.result) << row.text;
        EXPECT_EQ(replaced.problems, "") << row.text;
        EXPECT_TRUE(replaced.node.replaced) << row.text;
    }
}

TEST(Variables, LeaveOtherDollarsAlone) {
    const Row table[] = {
        {"^[a-z]+$", "^[a-z]+$"}, {"$argon2id$v=19", "$argon2id$v=19"},
        {"$NAME", "$NAME"},       {"$$", "$"},
        {"$${NAME}", "${NAME}"},  {"$$$$", "$$"},
    };
    for (const Row& row : table) {
        const Replaced replaced = replace(row.text);
        EXPECT_EQ(replaced.node.text, row.result);
        EXPECT_FALSE(replaced.node.replaced);
    }
}

TEST(Variables, AreNotReplacedAgainInValues) {
    EXPECT_EQ(replace("${NESTED}").node.text, "${NAME}");
}

TEST(Variables, NeverChangeTheStructure) {
    const Replaced replaced = replace("${YAML}");
    EXPECT_EQ(replaced.node.kind, NodeKind::scalar);
    EXPECT_EQ(replaced.node.text, "[a, {b: c}]");
}

TEST(Variables, ThatCannotBeReplacedAreErrors) {
    const std::string no_name =
        " (write ${NAME}, ${NAME:-default} or ${file:PATH}; `$$` is a `$`)\n";
    const Row table[] = {
        {"${UNSET}", "3:7 the variable `UNSET` is not set (set it, or write ${UNSET:-default})\n"},
        {"${NAME", "3:7 a `${` is not closed (add the `}`, or write `$$` for a `$`)\n"},
        {"${}", "3:7 `${}` names no variable" + no_name},
        {"${1X}", "3:7 `${1X}` names no variable" + no_name},
        {"${a b}", "3:7 `${a b}` names no variable" + no_name},
        {"${env:NAME}", "3:7 `${env:NAME}` names no variable" + no_name},
        {"${UNSET:-${NAME}}", "3:7 the default of `UNSET` cannot hold a `{`\n"},
        {"${UNSET:-{claim.sub}}", "3:7 the default of `UNSET` cannot hold a `{`\n"},
        {"${file:}", "3:7 `${file:}` names no file (write ${file:PATH})\n"},
        {"${file:missing}", "3:7 the file \"missing\" cannot be read: no such file\n"},
        {"${file:/}", "3:7 the file \"/\" cannot be read: it is a directory\n"},
        {"${file:/dev/zero}",
         "3:7 the file \"/dev/zero\" cannot be read: it is not a regular file\n"},
    };
    for (const Row& row : table) {
        const Replaced replaced = replace(row.text);
        EXPECT_EQ(replaced.problems, row.result) << row.text;
        EXPECT_EQ(replaced.node.kind, NodeKind::refused) << row.text;
    }
}

TEST(Variables, ReadFilesAndCutOneLineEnd) {
    const auto content_of = [](const std::string& content) {
        return replace("${file:" + test::write_file("value", content) + "}").node.text;
    };
    EXPECT_EQ(content_of("s3cret\n"), "s3cret");
    EXPECT_EQ(content_of("s3cret\r\n"), "s3cret");
    EXPECT_EQ(content_of("s3cret\n\n"), "s3cret\n");
    EXPECT_EQ(content_of("s3cret"), "s3cret");
    EXPECT_EQ(content_of(""), "");
}

TEST(Variables, BoundTheirFiles) {
    const std::string path =
        test::write_file("large", std::string(max_variable_file_bytes + 1, 'x'));
    EXPECT_EQ(replace("${file:" + path + "}").problems,
              "3:7 the file \"" + path.substr(0, 60) + (path.size() > 60 ? "..." : "") +
                  "\" cannot be read: it is larger than 64 KiB\n");
}

TEST(Variables, BoundTheSumOfTheirValues) {
    Node root{.at = {1, 1}, .kind = NodeKind::sequence};
    for (int i = 0; i < 100; ++i)
        root.items.push_back({.at = {i + 2, 3}, .kind = NodeKind::scalar, .text = "${BIG}"});
    Problems problems;
    const std::string big(100'000, 'x');
    replace_variables(
        root, [&](const std::string&) { return big; }, "t.yaml", problems);
    ASSERT_EQ(problems.size(), 17u); // the first 83 fit
    EXPECT_EQ(report({problems[0]}), "85:3 the values of all variables together are too large\n");
}

TEST(Variables, AreReplacedInValuesButNotInKeys) {
    Loaded loaded = test::load_file("${NAME}: 1\n", variables);
    EXPECT_EQ(loaded.problems[0].message, "unknown key `${NAME}` in the configuration");
}

TEST(Variables, ThatFailCauseNoSecondError) {
    EXPECT_EQ(test::report_of("workers: ${UNSET}\nadmin: { bind: \"${UNSET}\" }\n"),
              "1:10 the variable `UNSET` is not set (set it, or write ${UNSET:-default})\n"
              "2:16 the variable `UNSET` is not set (set it, or write ${UNSET:-default})\n");
}

TEST(Variables, MayGiveNumbersWithQuotesOrWithout) {
    EXPECT_EQ(test::model_of("workers: ${N}\n", {{"N", "3"}}).workers, 3u);
    EXPECT_EQ(test::model_of("workers: \"${N}\"\n", {{"N", "3"}}).workers, 3u);
    EXPECT_EQ(test::model_of("workers: ${N:-4}\n").workers, 4u);
}

} // namespace
} // namespace config
