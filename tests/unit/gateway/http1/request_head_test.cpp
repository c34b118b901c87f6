// Well-formed requests: what the head says afterwards.

#include "tests/unit/gateway/http1/feed.hpp"

namespace gateway::http1::test {

namespace {

using Kind = policy::BodyFraming::Kind;
using policy::FieldId;

ParsedRequest accept(std::string_view text) {
    ParsedRequest parsed = parse_request(text);
    EXPECT_EQ(parsed.result.kind, HeadResult::Kind::complete) << text;
    return parsed;
}

} // namespace

TEST(RequestHead, KeepsMethodTargetAndFieldsInTheirOrder) {
    const auto parsed =
        accept("GET /a/b?c=d HTTP/1.1\r\nHost: g\r\nX-One: 1\r\nx-two:\t 2 \t\r\nX-One: 3\r\n\r\n");
    const policy::RequestHead& head = *parsed.head;
    EXPECT_EQ(head.method, "GET");
    EXPECT_EQ(head.target, "/a/b?c=d");
    EXPECT_EQ(head.authority, "g");
    EXPECT_EQ(head.minor_version, 1);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_FALSE(head.expects_continue);
    EXPECT_EQ(head.body.kind, Kind::none);
    ASSERT_EQ(head.fields.size(), 4U);
    EXPECT_EQ(head.fields.all()[0].name, "host");
    EXPECT_EQ(head.fields.all()[0].id, FieldId::host);
    EXPECT_EQ(head.fields.all()[1].name, "x-one");
    EXPECT_EQ(head.fields.all()[1].value, "1");
    EXPECT_EQ(head.fields.all()[2].name, "x-two");
    EXPECT_EQ(head.fields.all()[2].value, "2");
    EXPECT_EQ(head.fields.all()[3].value, "3");
}

TEST(RequestHead, LooksIntoTheCallersBytes) {
    const auto parsed = accept("GET / HTTP/1.1\r\nHOST: G.Example\r\n\r\n");
    const char* const begin = parsed.bytes.data();
    const char* const end = begin + parsed.bytes.size();
    const policy::Field& host = parsed.head->fields.all()[0];
    EXPECT_TRUE(host.name.data() >= begin && host.name.data() < end);
    EXPECT_TRUE(host.value.data() >= begin && host.value.data() < end);
    EXPECT_EQ(host.name, "host");
    EXPECT_EQ(parsed.head->authority, "g.example");
}

TEST(RequestHead, SaysWhereTheHeadEndsAndLeavesTheRestAlone) {
    const std::string head = "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\n\r\n";
    const auto parsed = accept(head + "HeLLoGET / HTTP/1.1\r\nHost: X\r\n\r\n");
    EXPECT_EQ(parsed.result.size, head.size());
    EXPECT_EQ(parsed.bytes.substr(head.size()), "HeLLoGET / HTTP/1.1\r\nHost: X\r\n\r\n");
}

TEST(RequestHead, SkipsOneEmptyLineBefore) {
    const auto parsed = accept("\r\nGET / HTTP/1.1\r\nHost: g\r\n\r\n");
    EXPECT_EQ(parsed.result.size, parsed.bytes.size());
    EXPECT_EQ(parsed.head->method, "GET");
}

TEST(RequestHead, WantsMoreUntilTheBlankLine) {
    for (std::string_view text :
         {"", "\r", "\r\n", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: g\r\n",
          "GET / HTTP/1.1\r\nHost: g\r\n\r"})
        EXPECT_EQ(parse_request(text).result.kind, HeadResult::Kind::need_more) << text;
}

TEST(RequestHead, TakesTheTargetFormsThatPolicyKnows) {
    for (std::string_view line : {"GET /", "GET /%2e%2e/x;y=1?a=/../b", "OPTIONS *",
                                  "GET http://g/own/x", "GET HTTPS://g/", "GET /#x", "GET //g/x"})
        accept(std::string(line) + " HTTP/1.1\r\nHost: g\r\n\r\n");
}

TEST(RequestHead, TakesMethodsThatItDoesNotKnow) {
    EXPECT_EQ(accept("PROPFIND / HTTP/1.1\r\nHost: g\r\n\r\n").head->method, "PROPFIND");
    EXPECT_EQ(accept("get / HTTP/1.1\r\nHost: g\r\n\r\n").head->method, "get");
    EXPECT_EQ(accept("G!#$ / HTTP/1.1\r\nHost: g\r\n\r\n").head->method, "G!#$");
}

TEST(RequestHead, FramesTheBody) {
    struct Case {
        std::string_view fields;
        Kind kind;
        std::uint64_t length;
    };
    for (const Case& item :
         {Case{"", Kind::none, 0}, Case{"Content-Length: 0\r\n", Kind::length, 0},
          Case{"content-length:5\r\n", Kind::length, 5},
          Case{"Content-Length:  999999999999999999 \r\n", Kind::length, 999999999999999999},
          Case{"Transfer-Encoding: chunked\r\n", Kind::chunked, 0},
          Case{"Transfer-Encoding:\tChunked \r\n", Kind::chunked, 0}}) {
        const auto parsed =
            accept("POST / HTTP/1.1\r\nHost: g\r\n" + std::string(item.fields) + "\r\n");
        EXPECT_EQ(parsed.head->body.kind, item.kind) << item.fields;
        EXPECT_EQ(parsed.head->body.length, item.length) << item.fields;
    }
}

TEST(RequestHead, FramesABodyWhateverTheMethod) {
    for (std::string_view method : {"GET", "HEAD", "DELETE", "OPTIONS"}) {
        const auto parsed =
            accept(std::string(method) + " / HTTP/1.1\r\nHost: g\r\nContent-Length: 31\r\n\r\n");
        EXPECT_EQ(parsed.head->body.kind, Kind::length) << method;
        EXPECT_EQ(parsed.head->body.length, 31U) << method;
    }
}

TEST(RequestHead, KnowsWhetherTheConnectionStays) {
    struct Case {
        std::string_view version, fields;
        bool stays;
    };
    for (const Case& item :
         {Case{"1.1", "", true}, Case{"1.1", "Connection: close\r\n", false},
          Case{"1.1", "Connection: x, ClOsE\r\n", false},
          Case{"1.1", "Connection: keep-alive\r\n", true},
          Case{"1.1", "Connection: keep-alive, close\r\n", false},
          Case{"1.1", "Connection: x\r\nConnection: close\r\n", false},
          Case{"1.1", "Connection: closed\r\n", true}, Case{"1.1", "Connection:\r\n", true},
          Case{"1.1", "Proxy-Connection: close\r\n", true}, Case{"1.0", "", false},
          Case{"1.0", "Connection: Keep-Alive\r\n", true},
          Case{"1.0", "Connection: keep-alive, close\r\n", false}}) {
        const auto parsed = accept("GET / HTTP/" + std::string(item.version) + "\r\nHost: g\r\n" +
                                   std::string(item.fields) + "\r\n");
        EXPECT_EQ(parsed.head->keep_alive, item.stays) << item.version << ' ' << item.fields;
    }
}

TEST(RequestHead, NeedsNoHostInHttp10) {
    const auto parsed = accept("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(parsed.head->minor_version, 0);
    EXPECT_EQ(parsed.head->authority, "");
}

TEST(RequestHead, ExpectsContinueOnlyWithABodyAndInHttp11) {
    const auto expects = [](std::string_view version, std::string_view fields) {
        return accept("POST / HTTP/" + std::string(version) + "\r\nHost: g\r\n" +
                      std::string(fields) + "\r\n")
            .head->expects_continue;
    };
    EXPECT_TRUE(expects("1.1", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
    EXPECT_TRUE(expects("1.1", "EXPECT:\t100-Continue\r\nTransfer-Encoding: chunked\r\n"));
    EXPECT_FALSE(expects("1.1", "Expect: 100-continue\r\n"));
    EXPECT_FALSE(expects("1.1", "Expect: 100-continue\r\nContent-Length: 0\r\n"));
    EXPECT_FALSE(expects("1.0", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
}

TEST(RequestHead, PassesObsTextInFieldsThatItDoesNotRead) {
    const auto parsed =
        accept("GET / HTTP/1.1\r\nHost: g\r\nX-Name: \xc3\xa4\x85\xa0\r\nUser-Agent: \xff\r\n\r\n");
    EXPECT_EQ(parsed.head->fields.all()[1].value, "\xc3\xa4\x85\xa0");
    EXPECT_EQ(parsed.head->fields.all()[2].value, "\xff");
}

TEST(RequestHead, LeavesSeveralAuthorizationFieldsToThePolicy) {
    const auto parsed = accept(
        "GET / HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n");
    EXPECT_EQ(parsed.head->fields.count(FieldId::authorization), 2U);
}

TEST(RequestHead, IsEmptiedBeforeItIsFilled) {
    policy::RequestHead head;
    std::string first = "POST /1 HTTP/1.0\r\nHost: one\r\nContent-Length: 3\r\n\r\n";
    std::string second = "GET /2 HTTP/1.1\r\nHost: two\r\n\r\n";
    std::size_t scanned = 0;
    ASSERT_EQ(parse_request_head(first, scanned, {}, head).kind, HeadResult::Kind::complete);
    scanned = 0;
    ASSERT_EQ(parse_request_head(second, scanned, {}, head).kind, HeadResult::Kind::complete);
    EXPECT_EQ(head.fields.size(), 1U);
    EXPECT_EQ(head.authority, "two");
    EXPECT_EQ(head.body.kind, Kind::none);
    EXPECT_TRUE(head.keep_alive);
}

} // namespace gateway::http1::test
