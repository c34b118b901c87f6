#include "tests/unit/gateway/http1/feed.hpp"

#include <vector>

namespace gateway::http1::test {

namespace {

using Kind = policy::BodyFraming::Kind;
using policy::Reason;
using namespace std::string_literals;

ParsedResponse accept(std::string_view text, std::string_view method = "GET") {
    ParsedResponse parsed = parse_response(text, method);
    EXPECT_EQ(parsed.result.kind, HeadResult::Kind::complete) << text;
    return parsed;
}

void expect_invalid(const std::string& text) {
    const auto parsed = parse_response(text);
    EXPECT_EQ(parsed.result.kind, HeadResult::Kind::refused) << text;
    EXPECT_EQ(parsed.result.reason, Reason::upstream_invalid) << text;
}

void expect_invalid_fields(const std::string& fields) {
    expect_invalid("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\nhello");
}

} // namespace

TEST(ResponseHead, KeepsStatusPhraseAndFields) {
    const auto parsed =
        accept("HTTP/1.1 404 Not  Found\r\nX-One: 1\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\nbody");
    EXPECT_EQ(parsed.head->status, 404);
    EXPECT_EQ(parsed.head->reason, "Not  Found");
    ASSERT_EQ(parsed.head->fields.size(), 3U);
    EXPECT_EQ(parsed.head->fields.all()[0].name, "x-one");
    EXPECT_EQ(parsed.head->fields.count(policy::FieldId::set_cookie), 2U);
    EXPECT_EQ(parsed.result.size, parsed.bytes.size() - 4);
}

TEST(ResponseHead, TakesAnEmptyPhrase) {
    EXPECT_EQ(accept("HTTP/1.1 200 \r\n\r\n").head->reason, "");
}

TEST(ResponseHead, FramesTheBody) {
    struct Case {
        std::string_view head, method;
        Kind kind;
        std::uint64_t length;
        bool keep_alive;
    };
    for (const Case& item : std::vector<Case>{
             {"1.1 200 OK\r\nContent-Length: 5\r\n", "GET", Kind::length, 5, true},
             {"1.1 200 OK\r\nContent-Length: 0\r\n", "GET", Kind::length, 0, true},
             {"1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", "GET", Kind::chunked, 0, true},
             {"1.1 200 OK\r\n", "GET", Kind::until_close, 0, false},
             {"1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n", "GET", Kind::length, 5,
              false},
             {"1.0 200 OK\r\nContent-Length: 5\r\n", "GET", Kind::length, 5, false},
             {"1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n", "GET", Kind::length,
              5, true},
             {"1.1 200 OK\r\nContent-Length: 5\r\n", "HEAD", Kind::none, 0, true},
             {"1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", "HEAD", Kind::none, 0, true},
             {"1.1 200 OK\r\n", "HEAD", Kind::none, 0, true},
             {"1.1 304 Not Modified\r\nContent-Length: 5\r\n", "GET", Kind::none, 0, true},
             {"1.1 204 No Content\r\n", "GET", Kind::none, 0, true},
             {"1.1 204 No Content\r\nContent-Length: 0\r\n", "GET", Kind::none, 0, true},
             {"1.1 204 No Content\r\nContent-Length: 5\r\n", "GET", Kind::none, 0, false},
             {"1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n", "GET", Kind::none, 0, false},
             {"1.1 103 Early Hints\r\nLink: x\r\n", "GET", Kind::none, 0, true},
             {"1.1 100 Continue\r\n", "GET", Kind::none, 0, true},
             {"1.1 100 Continue\r\nContent-Length: 5\r\n", "GET", Kind::none, 0, false},
             {"1.1 101 Switching Protocols\r\n", "GET", Kind::none, 0, false},
         }) {
        const auto parsed = accept("HTTP/" + std::string(item.head) + "\r\n", item.method);
        EXPECT_EQ(parsed.head->body.kind, item.kind) << item.head << item.method;
        EXPECT_EQ(parsed.head->body.length, item.length) << item.head << item.method;
        EXPECT_EQ(parsed.head->keep_alive, item.keep_alive) << item.head << item.method;
    }
}

TEST(ResponseHead, RefusesFramingWithTwoReadings) {
    expect_invalid_fields("Content-Length: 5\r\nTransfer-Encoding: chunked");
    expect_invalid_fields("Transfer-Encoding: chunked\r\nContent-Length: 5");
    expect_invalid_fields("Transfer-Encoding: gzip\r\nContent-Length: 5");
    expect_invalid_fields("Transfer-Encoding: gzip");
    expect_invalid_fields("Transfer-Encoding: gzip, chunked");
    expect_invalid_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
    expect_invalid_fields("Content-Length: 5\r\nContent-Length: 5");
    expect_invalid_fields("Content-Length: 5, 5");
    expect_invalid_fields("Content-Length: 005");
    expect_invalid_fields("Content-Length: -1");
    expect_invalid_fields("Content-Length:");
    expect_invalid("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(ResponseHead, RefusesFramingFaultsInAnswersWithoutABodyToo) {
    expect_invalid(
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
    expect_invalid("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n");
}

TEST(ResponseHead, RefusesStatusLinesThatItDoesNotUnderstand) {
    for (std::string line :
         {"HTTP/1.1 000 X", "HTTP/1.1 099 X", "HTTP/1.1 600 X", "HTTP/1.1 999 X",
          "HTTP/1.1 99999 X", "HTTP/1.1 20 X", "HTTP/1.1 2x0 X", "HTTP/1.1  200 X", "HTTP/1.1 200",
          "HTTP/1.2 200 X", "HTTP/2.0 200 X", "http/1.1 200 X", "200 OK", "ICY 200 OK",
          " HTTP/1.1 200 OK", "HTTP/1.1 +20 X", "HTTP/1.1\t200 X"})
        expect_invalid(line + "\r\nContent-Length: 0\r\n\r\n");
    expect_invalid("HTTP/1.1 200 O\0K\r\n\r\n"s);
}

TEST(ResponseHead, RefusesLinesThatTwoParsersReadInTwoWays) {
    expect_invalid("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    expect_invalid("HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n");
    expect_invalid("\r\nHTTP/1.1 200 OK\r\n\r\n");
    expect_invalid_fields("X: a\r\n b");
    expect_invalid_fields("X : a");
    expect_invalid_fields("X: a\rb");
    expect_invalid_fields("X: \x01");
    expect_invalid_fields("X");
    expect_invalid_fields("Connection: close;x");
}

TEST(ResponseHead, RefusesWhatIsOverTheLimits) {
    HeadLimits limits;
    limits.bytes = 200;
    const std::string text = "HTTP/1.1 200 OK\r\nX: " + std::string(300, 'a') + "\r\n\r\n";
    const auto parsed = parse_response(text, "GET", limits);
    EXPECT_EQ(parsed.result.kind, HeadResult::Kind::refused);
    EXPECT_EQ(parsed.result.reason, Reason::upstream_invalid);
}

TEST(ResponseHead, DoesNotLimitThePhraseLikeARequestLine) {
    HeadLimits limits;
    limits.target = 10;
    EXPECT_EQ(parse_response("HTTP/1.1 200 " + std::string(200, 'a') + "\r\n\r\n", "GET", limits)
                  .result.kind,
              HeadResult::Kind::complete);
}

} // namespace gateway::http1::test
