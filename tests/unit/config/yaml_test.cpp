#include "config/yaml.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::report;

struct Parsed {
    std::optional<Node> root;
    std::string problems;
};

Parsed parse(std::string_view text) {
    Problems problems;
    Parsed parsed{.root = parse_yaml(text, "t.yaml", problems), .problems = {}};
    parsed.problems = report(problems);
    return parsed;
}

TEST(Yaml, KeepsPositionsAndQuotes) {
    const Parsed parsed = parse("a: 5\nb: [\"5\", '', x]\nc:\n  d: |\n    text\n");
    ASSERT_TRUE(parsed.root);
    const Node& root = *parsed.root;
    ASSERT_EQ(root.members.size(), 3u);
    EXPECT_EQ(root.members[0].at, (Position{1, 1}));
    EXPECT_EQ(root.members[0].value.at, (Position{1, 4}));
    EXPECT_FALSE(root.members[0].value.quoted);
    const Node& list = root.members[1].value;
    ASSERT_EQ(list.items.size(), 3u);
    EXPECT_EQ(list.at, (Position{2, 4}));
    EXPECT_EQ(list.items[0].at, (Position{2, 5}));
    EXPECT_TRUE(list.items[0].quoted);
    EXPECT_TRUE(list.items[1].quoted);
    EXPECT_EQ(list.items[1].kind, NodeKind::scalar);
    EXPECT_FALSE(list.items[2].quoted);
    const Node& block = root.members[2].value.members[0].value;
    EXPECT_TRUE(block.quoted);
    EXPECT_EQ(block.text, "text\n");
}

TEST(Yaml, TellsNullFromNothingAtAll) {
    const Parsed parsed = parse("a: null\nb: ~\nc:\nnullable:\nd: 'null'\n");
    ASSERT_TRUE(parsed.root);
    const std::vector<Member>& members = parsed.root->members;
    ASSERT_EQ(members.size(), 5u);
    EXPECT_EQ(members[0].value.text, "null");
    EXPECT_EQ(members[1].value.text, "~");
    EXPECT_EQ(members[2].value.kind, NodeKind::nothing);
    EXPECT_EQ(members[2].value.text, "");
    EXPECT_EQ(members[2].value.at, (Position{3, 1})); // the key's, not that of what comes next
    EXPECT_EQ(members[3].value.text, "");
    EXPECT_EQ(members[4].value.kind, NodeKind::scalar);
}

TEST(Yaml, FollowsVersion12ForBooleans) {
    const Parsed parsed = parse("a: yes\n");
    ASSERT_TRUE(parsed.root);
    EXPECT_EQ(parsed.root->members[0].value.text, "yes");
}

TEST(Yaml, RefusesTheSameKeyTwiceAndKeepsTheFirst) {
    const Parsed parsed = parse("a: 1\nb: 2\n\"a\": 3\na: 4\n");
    EXPECT_EQ(parsed.problems, "3:1 the key `a` stands here twice (it is already set in line 1)\n"
                               "4:1 the key `a` stands here twice (it is already set in line 1)\n");
    ASSERT_TRUE(parsed.root);
    ASSERT_EQ(parsed.root->members.size(), 2u);
    EXPECT_EQ(parsed.root->members[0].value.text, "1");
}

TEST(Yaml, RefusesAnchorsAliasesAndMergeKeys) {
    EXPECT_EQ(parse("a: &x 1\nb: *x\nc:\n  <<: *x\n").problems,
              "1:4 anchors are not supported (`&x`) (write the value out where it is needed, or "
              "use `policies` for "
              "rules)\n"
              "2:4 aliases are not supported (write the value out here)\n"
              "4:3 merge keys are not supported (write the keys out here)\n"
              "4:7 aliases are not supported (write the value out here)\n");
    EXPECT_EQ(parse("\"<<\": 1\n").problems, "");
    EXPECT_EQ(parse("a: *unknown\n").problems,
              "1:4 aliases are not supported (quote a text that begins with `*`)\n");
}

TEST(Yaml, RefusesTags) {
    EXPECT_EQ(parse("a: !!str 5\n").problems,
              "1:4 tags are not supported (`tag:yaml.org,2002:str`) (remove the tag)\n");
    EXPECT_EQ(parse("a: !env X\n").problems,
              "1:4 tags are not supported (`!env`) (remove the tag)\n");
    EXPECT_EQ(parse("a: ! x\n").problems, "1:4 tags are not supported (`!`) (remove the tag)\n");
    EXPECT_EQ(parse("a: !x {b: 1}\nc: !y [1]\n").problems,
              "1:4 tags are not supported (`!x`) (remove the tag)\n"
              "2:4 tags are not supported (`!y`) (remove the tag)\n");
    EXPECT_EQ(parse("a: \"!x\"\n").problems, "");
}

TEST(Yaml, RefusesASecondDocument) {
    const std::string expected =
        "2:1 a second document begins here (one file holds one configuration; remove the `---`)\n";
    EXPECT_EQ(parse("a: 1\n---\nb: 2\n").problems, expected);
    EXPECT_EQ(parse("a: 1\n---\n").problems, expected);
    EXPECT_EQ(parse("---\na: 1\n").problems, "");
    EXPECT_EQ(parse("a: 1\n...\n").problems, "");
}

TEST(Yaml, RefusesAFileWithoutContent) {
    for (const std::string_view text :
         {"", "# only a comment\n", "---\n", "\n\n", "%YAML 1.2\n---\n"}) {
        const Parsed parsed = parse(text);
        EXPECT_EQ(parsed.problems, "0:0 the file holds no configuration\n") << text;
        EXPECT_FALSE(parsed.root);
    }
}

TEST(Yaml, RefusesKeysThatAreNoText) {
    const std::string expected =
        "1:3 a list or a mapping cannot be a key (a `]` or `}` may be missing, or the text "
        "needs quotes)\n";
    EXPECT_EQ(parse("? [a]\n: 1\n").problems, expected);
    EXPECT_EQ(parse("? {a: b}\n: 1\n").problems, expected);
    EXPECT_EQ(parse(": 1\n").problems, "1:1 a key is missing here\n");
    EXPECT_EQ(parse("a: &x 1\n*x : 2\n").root, std::nullopt);
}

struct Syntax {
    std::string_view text;
    std::string_view problem;
};

TEST(Yaml, ExplainsSyntaxErrors) {
    const Syntax table[] = {
        {"a: b: c\n",
         "1:5 a `:` stands where no value can begin (quote a text that holds `: `, and check the "
         "indentation)\n"},
        {"a: [1, 2\n", "2:1 a list that begins with `[` is not closed (add the missing `]`, or "
                       "quote a text that holds brackets)\n"},
        {"a: {b: 1\n", "2:1 a mapping that begins with `{` is not closed (add the missing `}`, or "
                       "quote a text that holds braces)\n"},
        {"a: ]\n", "1:4 a `]` or `}` closes nothing (remove it, or quote the text)\n"},
        {"a: \"x\n", "1:4 a quoted text is not closed (add the missing quote)\n"},
        {"a: 'x''\n", "1:4 a quoted text is not closed (add the missing quote)\n"},
        {"a: \"x\\\"\n", "1:4 a quoted text is not closed (add the missing quote)\n"},
        {"a: &x &y 1\n",
         "1:7 this is not valid YAML: cannot assign multiple anchors to the same node\n"},
        {"a: @x\n", "1:4 no value can begin with this character (quote the text)\n"},
        {"a: \"\\q\"\n", "1:7 this escape is not known in a text in double quotes (write \\\\ for "
                         "a backslash, or use "
                         "single quotes)\n"},
        {"a: - b\n", "1:4 a `-` cannot stand here (put the list on its own lines)\n"},
    };
    for (const Syntax& row : table) {
        const Parsed parsed = parse(row.text);
        EXPECT_EQ(parsed.problems, row.problem) << row.text;
        EXPECT_FALSE(parsed.root);
    }
}

} // namespace
} // namespace config
