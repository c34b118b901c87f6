// Requests for the upstream.

#include "gateway/http1/writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gateway::http1 {

namespace {

using Kind = policy::BodyFraming::Kind;
using namespace std::string_literals;

struct Request {
    std::string method = "GET", path = "/a", query, host = "g";
    std::vector<policy::Field> fields;
    std::vector<ExtraField> extra;
    policy::BodyFraming body;
};

/// What is written; "refused" when nothing may be.
std::string write(const Request& request) {
    policy::FieldList fields;
    for (const policy::Field& field : request.fields) {
        fields.push(field.name, field.value, policy::field_id(field.name));
        fields.all().back().dropped = field.dropped;
    }
    HeadBuffer out;
    out.append("left over");
    const bool good = write_request_head(out, request.method, request.path, request.query,
                                         request.host, fields, request.extra, request.body);
    EXPECT_EQ(good, !out.view().empty());
    return good ? std::string(out.view()) : "refused";
}

} // namespace

TEST(RequestWriter, WritesOneCanonicalHead) {
    EXPECT_EQ(write({.query = "?b=c",
                     .host = "g:8080",
                     .fields = {{"accept", "*/*"}, {"x-empty", ""}},
                     .extra = {{"X-Customer", "ada"}}}),
              "GET /a?b=c HTTP/1.1\r\nhost: g:8080\r\naccept: */*\r\nx-empty: \r\nX-Customer: "
              "ada\r\n\r\n");
}

TEST(RequestWriter, WritesExactlyOneFraming) {
    EXPECT_EQ(write({.method = "POST", .body = {Kind::length, 5}}),
              "POST /a HTTP/1.1\r\nhost: g\r\ncontent-length: 5\r\n\r\n");
    EXPECT_EQ(write({.method = "POST", .body = {Kind::length, 0}}),
              "POST /a HTTP/1.1\r\nhost: g\r\ncontent-length: 0\r\n\r\n");
    EXPECT_EQ(write({.method = "POST", .body = {Kind::length, UINT64_MAX}}),
              "POST /a HTTP/1.1\r\nhost: g\r\ncontent-length: 18446744073709551615\r\n\r\n");
    EXPECT_EQ(write({.method = "POST", .body = {Kind::chunked, 0}}),
              "POST /a HTTP/1.1\r\nhost: g\r\ntransfer-encoding: chunked\r\n\r\n");
    EXPECT_EQ(write({.body = {Kind::until_close, 0}}), "refused");
}

TEST(RequestWriter, SkipsWhatIsDroppedOrOurs) {
    EXPECT_EQ(write({.fields = {{"host", "evil"},
                                {"content-length", "9"},
                                {"transfer-encoding", "chunked"},
                                {"connection", "close"},
                                {"x-gone", "1", policy::FieldId::other, true},
                                {"x-stays", "2"}}}),
              "GET /a HTTP/1.1\r\nhost: g\r\nx-stays: 2\r\n\r\n");
}

TEST(RequestWriter, DoesNotCheckWhatItSkips) {
    EXPECT_EQ(write({.fields = {{"x-gone", "a\r\nb", policy::FieldId::other, true}}}),
              "GET /a HTTP/1.1\r\nhost: g\r\n\r\n");
}

TEST(RequestWriter, RefusesFramingAmongTheExtraFields) {
    for (std::string_view name : {"Host", "content-length", "Transfer-Encoding", "CONNECTION"})
        EXPECT_EQ(write({.extra = {{name, "1"}}}), "refused") << name;
}

TEST(RequestWriter, RefusesValuesWithControlBytes) {
    for (int byte = 0; byte < 256; ++byte) {
        const bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
        const std::string value = "a"s + static_cast<char>(byte) + "X-Admin: true";
        EXPECT_EQ(write({.extra = {{"X-User", value}}}) == "refused", control) << byte;
        EXPECT_EQ(write({.fields = {{"x-user", value}}}) == "refused", control) << byte;
    }
    EXPECT_EQ(write({.extra = {{"X-User", "a\r\nX-Admin: true"}}}), "refused");
}

TEST(RequestWriter, RefusesWhiteSpaceAroundAValue) {
    for (std::string_view value : {" a", "a ", "\ta", "a\t", " "})
        EXPECT_EQ(write({.extra = {{"X-User", value}}}), "refused") << '"' << value << '"';
}

TEST(RequestWriter, RefusesNamesThatAreNotTokens) {
    for (std::string_view name : {"", "a b", "a:", "a\r\nb", "\xc3\xa4", "a("}) {
        EXPECT_EQ(write({.extra = {{name, "1"}}}), "refused") << name;
        EXPECT_EQ(write({.fields = {{name, "1"}}}), "refused") << name;
    }
}

TEST(RequestWriter, RefusesStartLinesThatCouldBeSplit) {
    EXPECT_EQ(write({.method = ""}), "refused");
    EXPECT_EQ(write({.method = "GET /x"}), "refused");
    for (std::string path :
         {"", "a", "/a b", "/a\r\n", "/a?b", "/a#b", "/\xc3\xa4", "/\x7f", "http://g/", "**"})
        EXPECT_EQ(write({.path = path}), "refused") << path;
    for (std::string query : {"a", "?a b", "?\n", "?#", "?\xff"})
        EXPECT_EQ(write({.query = query}), "refused") << query;
    for (std::string host : {"", "g\r\nX: y", "g h", "u@g", "g:"})
        EXPECT_EQ(write({.host = host}), "refused") << host;
    EXPECT_EQ(write({.method = "OPTIONS", .path = "*"}), "OPTIONS * HTTP/1.1\r\nhost: g\r\n\r\n");
}

TEST(RequestWriter, PassesObsText) {
    EXPECT_EQ(write({.extra = {{"X-Name", "\xc3\xa4"}}}),
              "GET /a HTTP/1.1\r\nhost: g\r\nX-Name: \xc3\xa4\r\n\r\n");
}

TEST(RequestWriter, GrowsItsBufferAsNeeded) {
    const std::string value(100000, 'v');
    EXPECT_EQ(write({.extra = {{"X-Big", value}}}),
              "GET /a HTTP/1.1\r\nhost: g\r\nX-Big: " + value + "\r\n\r\n");
}

TEST(ChunkSize, IsWrittenInHex) {
    char memory[18];
    EXPECT_EQ(write_chunk_size(memory, 1), "1\r\n");
    EXPECT_EQ(write_chunk_size(memory, 0x1a2b), "1a2b\r\n");
    EXPECT_EQ(write_chunk_size(memory, SIZE_MAX), "ffffffffffffffff\r\n");
}

} // namespace gateway::http1
