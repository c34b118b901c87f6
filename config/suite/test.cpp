#include "config/decode/fields.hpp"
#include "config/suite/areas.hpp"
#include "config/suite/suite.hpp"
#include "config/text.hpp"

#include <array>

namespace config::suite {
namespace {

namespace shape = decode::shape;

/// A test while it is read: a token in it may be like one of the file's.
struct TestDraft {
    Test test;
    std::optional<WrittenToken> token;
};

constexpr std::array<std::string_view, 2> verdicts = {"allow", "deny"};

void read_name(Decoder& decoder, const Member& member, TestDraft& out) {
    decode::read_text<&Test::name>(decoder, member, out.test);
}

void read_test_request(Decoder& decoder, const Member& member, TestDraft& out) {
    read_request(decoder, member.value, out.test.request);
}

void read_token_of_test(Decoder& decoder, const Member& member, TestDraft& out) {
    out.token = read_test_token(decoder, member.value);
}

void read_test_time(Decoder& decoder, const Member& member, TestDraft& out) {
    read_time(decoder, member, out.test.time);
}

void read_test_expectation(Decoder& decoder, const Member& member, TestDraft& out) {
    read_expectation(decoder, member.value, out.test.expect);
}

void read_each(Decoder&, const Member&, TestDraft&) {} // expand_rows() took it

constexpr Shape token_shape = shape::mapping(token_table);
constexpr Shape request_shape = shape::mapping(request_table);
constexpr Shape status_shape = shape::integer(100, 599);
constexpr Shape verdict_shape = shape::word(verdicts);
constexpr Shape expectation_shape = shape::mapping(expectation_table);
constexpr Shape row_shape = shape::map_of(shape::any, "");

constexpr std::array keys = {
    Key<TestDraft>{"name",
                   Need::optional,
                   {read_name, shape::text},
                   "What it shows; without it, the request and the token"},
    Key<TestDraft>{"request",
                   Need::required,
                   {read_test_request, shape::either(shape::text, request_shape)},
                   "What is asked for: GET /orders, or its parts"},
    Key<TestDraft>{"token",
                   Need::optional,
                   {read_token_of_test, shape::either(shape::text, token_shape)},
                   "The token that comes along: its name, or its parts; none without it"},
    Key<TestDraft>{"at",
                   Need::optional,
                   {read_test_time, shape::text},
                   "When it is decided, such as +1h after the tokens were issued"},
    Key<TestDraft>{
        "expect",
        Need::required,
        {read_test_expectation, shape::either(verdict_shape, status_shape, expectation_shape)},
        "What must come of it: allow, deny, a status, or more of it"},
    Key<TestDraft>{"each",
                   Need::optional,
                   {read_each, shape::list_of(row_shape)},
                   "Rows of values: the test is run with each, where it says ${NAME}"},
};

std::string name_of(const Test& test, const std::string& label) {
    std::string name = test.name;
    if (name.empty()) {
        name = test.request.method + " " + test.request.path;
        if (test.token)
            name += test.token->name.empty() ? " with a token" : " as " + test.token->name;
    }
    return label.empty() ? name : name + " [" + label + "]";
}

} // namespace

void read_time(Decoder& decoder, const Member& member, Text& out) {
    if (auto text = decoder.text(member.value, "a point in time"))
        out = {member.value.at, std::move(*text)};
}

Table test_table() { return decode::table_of<keys>("test"); }

void read_test(Decoder& decoder, const Row& row, const Node* common, Suite& out) {
    TestDraft read;
    read.test.at = row.test.at;
    if (common) read_request(decoder, *common, read.test.request);
    decoder.mapping<TestDraft>(row.test, keys, {row.test.at, "a test"}, read);
    if (read.token) read.test.token = resolve_token(decoder, std::move(*read.token), out.tokens);
    const Member* request = find_member(row.test, "request");
    if (request && request->value.kind == NodeKind::mapping && read.test.request.path.empty())
        decoder.error(read.test.request.at, "a request needs `path`");
    read.test.name = name_of(read.test, row.label);
    out.tests.push_back(std::move(read.test));
}

} // namespace config::suite
