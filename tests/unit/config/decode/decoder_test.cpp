#include "config/decode/decoder.hpp"
#include "config/decode/fields.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <array>

namespace config::decode {
namespace {

struct Thing {
    std::string text;
    std::vector<std::string> texts;
    bool boolean = false;
    std::size_t count = 0;
    std::size_t size = 0;
    Duration duration{};
};

constexpr std::array keys = {
    Key<Thing>{"text", Need::required, as_text<&Thing::text>, "A text"},
    Key<Thing>{"texts", Need::optional, as_texts<&Thing::texts>, "A texts"},
    Key<Thing>{"boolean", Need::optional, as_boolean<&Thing::boolean>, "A boolean"},
    Key<Thing>{"count", Need::optional, as_count<&Thing::count, 1, 9>, "A count"},
    Key<Thing>{"size", Need::optional, as_size<&Thing::size, 1, 4096>, "A size"},
    Key<Thing>{"duration", Need::optional, as_duration<&Thing::duration, one_second, one_minute>,
               "A duration"},
    Key<Thing>{"future", Need::later},
};

struct Read {
    Thing thing;
    std::string problems;
};

Read read(std::string_view yaml) {
    static const std::string file = "t.yaml";
    Problems problems;
    Read out;
    const std::optional<Node> root = parse_yaml(yaml, file, problems);
    EXPECT_TRUE(root);
    Decoder decoder(file, problems);
    if (root) decoder.mapping<Thing>(*root, keys, {root->at, "a thing"}, out.thing);
    out.problems = test::report(problems);
    return out;
}

std::string problem_of(std::string_view member) {
    return read("text: x\n" + std::string(member)).problems;
}

TEST(Mapping, ReadsItsKeys) {
    const Read out =
        read("text: x y\ntexts: [a, 5]\nboolean: true\ncount: 9\nsize: 1KiB\nduration: 2s\n");
    EXPECT_EQ(out.problems, "");
    EXPECT_EQ(out.thing.text, "x y");
    EXPECT_EQ(out.thing.texts, (std::vector<std::string>{"a", "5"}));
    EXPECT_TRUE(out.thing.boolean);
    EXPECT_EQ(out.thing.count, 9u);
    EXPECT_EQ(out.thing.size, 1024u);
    EXPECT_EQ(out.thing.duration, std::chrono::seconds(2));
}

TEST(Mapping, ReportsUnknownLaterAndMissingKeys) {
    EXPECT_EQ(problem_of("txets: [a]\n"),
              "2:1 unknown key `txets` in a thing (did you mean `texts`?)\n");
    EXPECT_EQ(problem_of("colour: red\n"),
              "2:1 unknown key `colour` in a thing (known keys: `text`, `texts`, "
              "`boolean`, `count`, `size` or `duration`)\n");
    EXPECT_EQ(problem_of("future: 1\n"), "2:1 `future` is not part of this version of claimgate\n");
    EXPECT_EQ(read("count: 1\n").problems, "1:1 a thing needs `text`\n");
    EXPECT_EQ(read("[a]").problems, "1:1 expected a mapping for a thing, found a list\n");
}

TEST(Mapping, DoesNotMissAKeyThatIsOnlyMisspelt) {
    EXPECT_EQ(read("tetx: a\n").problems,
              "1:1 unknown key `tetx` in a thing (did you mean `text`?)\n");
}

struct Row {
    std::string_view member;
    std::string_view problem;
};

TEST(Values, OfAnotherTypeAreErrors) {
    const Row table[] = {
        {"texts: a\n", "2:8 expected a list of strings, found \"a\" (write `[a]`)\n"},
        {"texts: {a: b}\n", "2:8 expected a list of strings, found a mapping\n"},
        {"texts:\n", "2:1 expected a list of strings, found nothing\n"},
        {"texts: null\n", "2:8 expected a list of strings, found null\n"},
        {"texts: []\n", "2:8 this list is empty (name at least one, or remove the key)\n"},
        {"texts: [a, [b]]\n", "2:12 expected a string, found a list\n"},
        {"texts: [a, b, a]\n", "2:15 \"a\" stands in this list twice\n"},
        {"texts: [\"\"]\n", "2:9 expected a string, found an empty text\n"},
        {"texts: [\"a\\nb\"]\n", "2:9 a control byte or a line end stands in this text (keep it on "
                                 "one line, without escapes)\n"},
        {"boolean: ture\n", "2:10 expected true or false, found \"ture\"\n"},
        {"boolean: yes\n", "2:10 expected true or false, found \"yes\" (write true)\n"},
        {"boolean: Off\n", "2:10 expected true or false, found \"Off\" (write false)\n"},
        {"boolean: \"true\"\n",
         "2:10 expected true or false, found \"true\" (write true without quotes)\n"},
        {"boolean: 1\n", "2:10 expected true or false, found \"1\"\n"},
        {"boolean:\n", "2:1 expected true or false, found nothing\n"},
        {"count: 0\n", "2:8 expected a whole number from 1 to 9, found \"0\"\n"},
        {"count: 010\n", "2:8 expected a whole number from 1 to 9, found \"010\"\n"},
        {"count: \"5\"\n",
         "2:8 expected a whole number from 1 to 9, found \"5\" (write it without quotes)\n"},
        {"count: .inf\n", "2:8 expected a whole number from 1 to 9, found \".inf\"\n"},
        {"count: [5]\n", "2:8 expected a whole number from 1 to 9, found a list\n"},
        {"size: 1MiB\n", "2:7 expected a size from 1B to 4KiB, found \"1MiB\"\n"},
        {"size: 1KB\n", "2:7 expected a size, found \"1KB\" (write a whole number of bytes, or "
                        "with a unit: 16KiB, "
                        "10MiB)\n"},
        {"duration: 2h\n", "2:11 expected a duration from 1s to 1m, found \"2h\"\n"},
        {"duration: 30\n", "2:11 expected a duration, found \"30\" (write a whole number and a "
                           "unit: 500ms, 30s, 5m, 1h or 30d)\n"},
        {"duration: {a: 1}\n", "2:11 expected a duration, found a mapping (write a whole number "
                               "and a unit: 500ms, 30s, 5m, 1h or 30d)\n"},
    };
    for (const Row& row : table) EXPECT_EQ(problem_of(row.member), row.problem) << row.member;
}

TEST(Values, ThatAreTemplatesWithoutQuotesAreExplained) {
    EXPECT_EQ(read("text: {claim.sub}\n").problems,
              "1:7 expected a string, found a mapping (quote it: \"{claim.sub}\")\n");
}

TEST(Values, AreStringsWhateverTheyLookLike) {
    EXPECT_EQ(read("text: 010\n").thing.text, "010");
    EXPECT_EQ(read("text: yes\n").thing.text, "yes");
    EXPECT_EQ(read("text: null\n").problems, "1:7 expected a string, found null\n");
}

} // namespace
} // namespace config::decode
