#include "config/suite/suite.hpp"

#include "config/decode/fields.hpp"
#include "config/files.hpp"
#include "config/suite/areas.hpp"
#include "config/text.hpp"
#include "config/yaml.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace config::suite {
namespace {

constexpr std::size_t max_rows = 10'000;

/// A file while it is read: what tests need stands before or behind them.
struct Draft {
    Suite suite;
    std::vector<WrittenToken> tokens;
    const Node* request = nullptr; ///< what every request begins with
    const Node* tests = nullptr;
};

void read_config(Decoder& decoder, const Member& member, Draft& out) {
    if (auto path = decoder.readable_file(member.value))
        out.suite.config = {member.value.at, std::move(*path)};
}

void read_suite_time(Decoder& decoder, const Member& member, Draft& out) {
    read_time(decoder, member, out.suite.time);
}

void read_variables(Decoder& decoder, const Member& member, Draft& out) {
    if (!decoder.is_mapping(member.value, "`variables`")) return;
    for (const Member& variable : member.value.members)
        if (auto text = decoder.text(variable.value))
            out.suite.variables.emplace_back(variable.key, std::move(*text));
}

void read_named_tokens(Decoder& decoder, const Member& member, Draft& out) {
    read_tokens(decoder, member, out.tokens);
}

void note_request(Decoder& decoder, const Member& member, Draft& out) {
    if (decoder.is_mapping(member.value, "`request`")) out.request = &member.value;
}

void note_tests(Decoder& decoder, const Member& member, Draft& out) {
    if (decoder.is_list(member.value, "tests")) out.tests = &member.value;
}

namespace shape = decode::shape;

constexpr Shape token_shape = shape::mapping(token_table);
constexpr Shape request_shape = shape::mapping(request_table);
constexpr Shape test_shape = shape::mapping(test_table);

constexpr std::array keys = {
    Key<Draft>{"config",
               Need::optional,
               {read_config, shape::text},
               "The configuration; without it, claimgate.yaml beside this file"},
    Key<Draft>{"at",
               Need::optional,
               {read_suite_time, shape::text},
               "When tokens are issued and decisions are made; without it, 2026-01-01T12:00:00Z"},
    Key<Draft>{"variables",
               Need::optional,
               {read_variables, shape::map_of(shape::text, "")},
               "Values for ${NAME} in the configuration, instead of the environment's"},
    Key<Draft>{"request",
               Need::optional,
               {note_request, request_shape},
               "What every request begins with, such as its host"},
    Key<Draft>{"tokens",
               Need::optional,
               {read_named_tokens, shape::map_of(token_shape, "")},
               "Tokens by name"},
    Key<Draft>{"tests", Need::required, {note_tests, shape::list_of(test_shape)}, "The tests"},
};

void read_suite(Decoder& decoder, const Node& root, Suite& out) {
    Draft draft;
    decoder.mapping<Draft>(root, keys, {root.at, "a file of tests"}, draft);
    out.config = std::move(draft.suite.config);
    out.time = std::move(draft.suite.time);
    out.variables = std::move(draft.suite.variables);
    out.tokens = resolve_tokens(decoder, std::move(draft.tokens));
    if (!draft.tests) return;
    std::size_t left = max_rows;
    for (const Node& test : draft.tests->items) {
        if (!decoder.is_mapping(test, "a test")) continue;
        for (const Row& row : expand_rows(decoder, test, left))
            read_test(decoder, row, draft.request, out);
    }
}

/// Each row of a table and each use of the common request says what is wrong with it again.
void sort_and_unite(Problems& problems) {
    std::ranges::stable_sort(problems, [](const Problem& a, const Problem& b) {
        return std::tie(a.at.line, a.at.column, a.message) <
               std::tie(b.at.line, b.at.column, b.message);
    });
    const auto rest = std::ranges::unique(problems, [](const Problem& a, const Problem& b) {
        return a.at == b.at && a.message == b.message;
    });
    problems.erase(rest.begin(), rest.end());
}

} // namespace

Table suite_table() { return decode::table_of<keys>("tests"); }

Loaded load(const std::string& path) {
    FileText file = read_file(path, max_file_bytes);
    if (file.text) return load_text(*file.text, path);
    Loaded loaded;
    loaded.problems.push_back(
        {.file = path, .at = {}, .message = "this file cannot be read: " + file.error});
    return loaded;
}

Loaded load_text(std::string_view yaml, const std::string& path) {
    Loaded loaded;
    loaded.source = yaml;
    const std::optional<Node> root = parse_yaml(yaml, path, loaded.problems);
    if (root) {
        Suite& suite = loaded.suite.emplace();
        suite.file = path;
        Decoder decoder(path, loaded.problems);
        read_suite(decoder, *root, suite);
    }
    if (has_errors(loaded.problems)) loaded.suite.reset();
    sort_and_unite(loaded.problems);
    return loaded;
}

} // namespace config::suite
