#include "config/print.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

Problem problem_at(int line, int column) {
    return {.file = "gate.yaml",
            .at = {line, column},
            .message = "unknown key `pth`",
            .hint = "did you mean `path`?"};
}

TEST(Text, ShowsPlaceExcerptAndHint) {
    EXPECT_EQ(to_text({problem_at(2, 5)}, "routes:\n  - pth: /x\n"),
              "gate.yaml:2:5: error: unknown key `pth`\n"
              "    2 |   - pth: /x\n"
              "      |     ^^^\n"
              "    hint: did you mean `path`?\n");
}

TEST(Text, ShowsNoExcerptWithoutSource) {
    EXPECT_EQ(to_text({problem_at(2, 5)}), "gate.yaml:2:5: error: unknown key `pth`\n"
                                           "    hint: did you mean `path`?\n");
}

TEST(Text, NamesWarningsAndWhereToReadOfThem) {
    const Problem warning{.severity = Severity::warning,
                          .file = "gate.yaml",
                          .at = {1, 1},
                          .message = "risky",
                          .name = "wildcard_cors"};
    EXPECT_EQ(to_text({warning}), "gate.yaml:1:1: warning: risky [wildcard_cors]\n"
                                  "    read: docs/warnings.md#wildcard_cors\n");
}

TEST(Text, LeavesOutThePlaceOfAWholeFile) {
    EXPECT_EQ(to_text({{.file = "gate.yaml", .at = {}, .message = "no such file"}}, "a: b\n"),
              "gate.yaml: error: no such file\n");
}

TEST(Text, PutsTheCaretUnderTheCharacterAndNotTheByte) {
    EXPECT_EQ(to_text({{.file = "f", .at = {1, 11}, .message = "m"}},
                      "\xc3\xa4\xc3\xb6\xc3\xbc: x!y\r\n"),
              "f:1:11: error: m\n"
              "    1 | \xc3\xa4\xc3\xb6\xc3\xbc: x!y\n"
              "      |        ^\n");
}

TEST(Text, UnderlinesTheWholeValue) {
    struct Row {
        std::string_view line;
        int column;
        std::string_view carets;
    };
    const Row table[] = {
        {"access: public", 1, "^^^^^^"},
        {"access: public", 9, "^^^^^^"},
        {"a: two words   # and more", 4, "^^^^^^^^^"},
        {"a: [one, two]", 5, "^^^"},
        {"a: [one, [two]] # x", 4, "^^^^^^^^^^^^"},
        {"a: { b: c, d: e }", 6, "^"},
        {"a: { b: { c: d } }", 4, "^^^^^^^^^^^^^^^"},
        {"a: 'x, y: z'", 4, "^^^^^^^^^"},
        {"a: \"open", 4, "^"},
        {"a: { open", 4, "^"},
        {"url: http://x/y#z", 6, "^^^^^^^^^^^^"},
        {"a: \xc3\xa4\xc3\xb6", 4, "^^"},
        {"a:", 3, "^"},
    };
    for (const Row& row : table) {
        const std::string text =
            to_text({{.file = "f", .at = {1, row.column}, .message = "m"}}, row.line);
        EXPECT_TRUE(text.ends_with(" " + std::string(row.carets) + "\n")) << text;
    }
}

TEST(Text, NeverShowsALineThatMayHoldASecret) {
    const Problem problem{.file = "f", .at = {1, 1}, .message = "m"};
    const Problem below{.file = "f", .at = {2, 3}, .message = "m"};
    for (const std::string_view source :
         {"keys: { secret: hunter2 }\n", "Secret:\n  hunter2\n", "password: hunter2\n",
          "token: hunter2\n", "keys: { secrte: hunter2 }\n"}) {
        EXPECT_EQ(to_text({problem, below}, source).find("hunter2"), std::string::npos) << source;
    }
}

TEST(Text, StaysCalmWithPlacesThatAreNotInTheSource) {
    EXPECT_EQ(to_text({{.file = "f", .at = {9, 9}, .message = "m"}}, "a\n"), "f:9:9: error: m\n");
    EXPECT_EQ(to_text({{.file = "f", .at = {1, 9}, .message = "m"}}, "a\n"), "f:1:9: error: m\n");
    EXPECT_EQ(to_text({{.file = "f", .at = {1, 1}, .message = "m"}}, std::string(201, 'x')),
              "f:1:1: error: m\n");
}

TEST(Text, IsColouredOnRequest) {
    const std::string text = to_text({problem_at(1, 1)}, "pth\n", Colour::on);
    EXPECT_NE(text.find("\x1b[1;31merror\x1b[0m"), std::string::npos);
    EXPECT_EQ(to_text({problem_at(1, 1)}, "pth\n").find('\x1b'), std::string::npos);
}

TEST(Json, HasStableNames) {
    const Problem warning{.severity = Severity::warning,
                          .file = "f",
                          .at = {},
                          .message = "say \"hi\"\\\x01",
                          .name = "audience_any"};
    EXPECT_EQ(to_json({problem_at(2, 5), warning}),
              "[{\"severity\":\"error\",\"file\":\"gate.yaml\",\"line\":2,\"column\":5,\"message\":"
              "\"unknown key "
              "`pth`\",\"hint\":\"did you mean `path`?\"},\n"
              " {\"severity\":\"warning\",\"file\":\"f\",\"message\":\"say "
              "\\\"hi\\\"\\\\\\u0001\",\"name\":\"audience_any\","
              "\"read\":\"docs/warnings.md#audience_any\"}]\n");
    EXPECT_EQ(to_json({}), "[]\n");
}

TEST(Json, IsUtf8WhateverTheFileIsCalled) {
    EXPECT_EQ(to_json({{.file = "\xff.yaml", .at = {}, .message = "m"}}),
              "[{\"severity\":\"error\",\"file\":\"?.yaml\",\"message\":\"m\"}]\n");
}

} // namespace
} // namespace config
