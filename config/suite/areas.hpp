#pragma once

// The parts of a test file, one reader each. Same promises as config/decode/areas.hpp.

#include "config/decode/decoder.hpp"
#include "config/suite/suite.hpp"

namespace config::suite {

using decode::Decoder;
using decode::Key;
using decode::Need;
using decode::Shape;
using decode::Table;

/// A token before `like` is resolved.
struct WrittenToken {
    Token token;
    Text like;
};

void read_tokens(Decoder& decoder, const Member& member, std::vector<WrittenToken>& out);
/// `token:` of a test: a name, `none`, or a token in place. Nothing for none.
std::optional<WrittenToken> read_test_token(Decoder& decoder, const Node& node);
/// Every token with what it takes over from the one that it is like; errors where there is none.
std::vector<Token> resolve_tokens(Decoder& decoder, std::vector<WrittenToken> written);
/// The same for a token of a test, whose `like` is one of `named`.
Token resolve_token(Decoder& decoder, WrittenToken written, const std::vector<Token>& named);

// Their tables, for the schema and for the shapes of others.
Table suite_table();
Table test_table();
Table token_table();
Table request_table();
Table expectation_table();

void read_request(Decoder& decoder, const Node& node, Request& out);
void read_expectation(Decoder& decoder, const Node& node, Expectation& out);

/// The member of a mapping, or nullptr.
const Member* find_member(const Node& node, std::string_view key);

/// A value as JSON text. Nothing after an error.
std::optional<std::string> read_json(Decoder& decoder, const Node& node);

/// The rows of a test with `each`, as tests of their own, with the text that tells them apart. A
/// test without it is its only row. `left` is how many rows the file may still have.
struct Row {
    Node test;
    std::string label; ///< "user=ada, path=/x"; empty without `each`
};
std::vector<Row> expand_rows(Decoder& decoder, const Node& test, std::size_t& left);

/// A point in time or a distance from one, as it is written.
void read_time(Decoder& decoder, const Member& member, Text& out);

/// Adds a row as a test. `common` is what every request begins with, or nullptr.
void read_test(Decoder& decoder, const Row& row, const Node* common, Suite& out);

} // namespace config::suite
