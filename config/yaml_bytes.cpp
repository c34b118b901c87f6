#include "config/yaml_bytes.hpp"

#include "config/text.hpp"
#include "config/yaml.hpp"

#include <algorithm>
#include <array>

namespace config {
namespace {

Position position_at(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n');
    const std::size_t last_break = before.rfind('\n');
    const std::size_t column =
        last_break == std::string_view::npos ? offset : offset - last_break - 1;
    return {.line = static_cast<int>(line) + 1, .column = static_cast<int>(column) + 1};
}

Problem problem_at(std::string_view text, std::size_t offset, std::string message,
                   std::string hint = {}) {
    return {
        .at = position_at(text, offset), .message = std::move(message), .hint = std::move(hint)};
}

std::optional<Problem> check_encoding(std::string_view text) {
    if (text.substr(0, 3) == "\xef\xbb\xbf")
        return problem_at(text, 0, "the file begins with a byte order mark",
                          "save it as UTF-8 without one");
    const std::size_t nul = text.find('\0');
    const std::size_t malformed = find_invalid_utf8(text);
    if (malformed < nul)
        return problem_at(text, malformed, "this byte is not UTF-8", "save the file as UTF-8");
    if (nul != std::string_view::npos)
        return problem_at(text, nul, "a NUL byte stands here", "save the file as UTF-8");
    return std::nullopt;
}

/// The library reads a `[` or `{` to its end before it gives the first event, for it may turn out
/// to be a key: some 200 bytes for each of these characters. A tree within its bounds needs no more
/// than four for each node.
std::optional<Problem> check_brackets(std::string_view text) {
    constexpr std::string_view indicators = "[]{},";
    constexpr std::size_t most = 4 * max_nodes;
    const auto is_indicator = [&](char c) { return indicators.find(c) != std::string_view::npos; };
    if (static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_indicator)) <= most)
        return std::nullopt;
    return Problem{.message =
                       "too large: more than " + std::to_string(most) + " brackets and commas"};
}

std::optional<Problem> check_controls(std::string_view text) {
    bool is_indentation = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            is_indentation = true;
            continue;
        }
        if (c == '\t') {
            if (is_indentation)
                return problem_at(text, i, "a tab stands in the indentation", "indent with spaces");
            continue;
        }
        // yaml-cpp ends a line at a lone CR but does not count it: every position after it would be
        // wrong.
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (c == '\r')
            return problem_at(text, i, "a carriage return stands here without a line feed");
        if (find_control({&c, 1}) == 0) return problem_at(text, i, "a control byte stands here");
        if (c != ' ') is_indentation = false;
    }
    return std::nullopt;
}

struct Wording {
    std::string_view library; ///< how the library's message begins
    std::string_view message;
    std::string_view hint;
};

constexpr std::array wordings = {
    Wording{"illegal map value", "a `:` stands where no value can begin",
            "quote a text that holds `: `, and check the indentation"},
    Wording{"illegal map key", "a key cannot stand here", "check the indentation"},
    Wording{"illegal block entry", "a `-` cannot stand here", "put the list on its own lines"},
    Wording{"end of sequence flow not found", "a list that begins with `[` is not closed",
            "add the missing `]`, or quote a text that holds brackets"},
    Wording{"end of map flow not found", "a mapping that begins with `{` is not closed",
            "add the missing `}`, or quote a text that holds braces"},
    Wording{"end of map not found", "the mapping cannot go on like this",
            "indent all its keys alike"},
    Wording{"end of sequence not found", "the list cannot go on like this",
            "indent all its items alike"},
    Wording{"illegal flow end", "a `]` or `}` closes nothing", "remove it, or quote the text"},
    Wording{"illegal EOF in scalar", "a quoted text is not closed", "add the missing quote"},
    Wording{"illegal document indicator in scalar", "a quoted text is not closed",
            "add the missing quote"},
    Wording{"unknown escape character", "this escape is not known in a text in double quotes",
            "write \\\\ for a backslash, or use single quotes"},
    Wording{"bad character found while scanning hex number", "this escape needs hexadecimal digits",
            ""},
    Wording{"invalid unicode", "this escape is no Unicode character", ""},
    Wording{"illegal tab when looking for indentation", "a tab stands in the indentation",
            "indent with spaces"},
    Wording{"unknown token", "no value can begin with this character", "quote the text"},
    Wording{"the referenced anchor is not defined", "aliases are not supported",
            "quote a text that begins with `*`"},
    Wording{"alias not found after *", "no value can begin with `*`", "quote the text"},
    Wording{"anchor not found after &", "no value can begin with `&`", "quote the text"},
    Wording{"illegal character found while scanning alias", "no value can begin with `*`",
            "quote the text"},
    Wording{"illegal character found while scanning anchor", "no value can begin with `&`",
            "quote the text"},
};

} // namespace

std::optional<Problem> check_bytes(std::string_view text) {
    if (text.size() > max_file_bytes)
        return Problem{.message = "the file is larger than " +
                                  std::to_string(max_file_bytes >> 20) + " MiB"};
    if (std::optional<Problem> problem = check_encoding(text)) return problem;
    if (std::optional<Problem> problem = check_brackets(text)) return problem;
    return check_controls(text);
}

std::string_view null_word_at(std::string_view text, int offset) {
    if (offset < 0 || static_cast<std::size_t>(offset) >= text.size()) return {};
    const std::string_view rest = text.substr(static_cast<std::size_t>(offset));
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (rest.substr(0, word.size()) != word) continue;
        // A missing value has the place of what follows it, which may be a key such as `nullable`.
        if (rest.size() == word.size() ||
            std::string_view(" \t\r\n,]}").find(rest[word.size()]) != std::string_view::npos)
            return word;
    }
    return {};
}

bool is_unclosed_quote(std::string_view text, int offset) {
    if (offset < 0 || static_cast<std::size_t>(offset) >= text.size()) return false;
    std::size_t i = static_cast<std::size_t>(offset);
    const char quote = text[i];
    if (quote != '"' && quote != '\'') return false;
    while (++i < text.size()) {
        if (text[i] == '\\' && quote == '"')
            ++i;
        else if (text[i] == quote && quote == '\'' && text.substr(i + 1, 1) == "'")
            ++i;
        else if (text[i] == quote)
            return false;
    }
    return true;
}

Problem explain_syntax(std::string_view message) {
    for (const Wording& wording : wordings)
        if (message.substr(0, wording.library.size()) == wording.library)
            return {.message = std::string(wording.message), .hint = std::string(wording.hint)};
    const std::string_view kind = message.substr(0, message.find(':'));
    return {.message = "this is not valid YAML: " + std::string(kind)};
}

} // namespace config
