// Requests that two parsers could read in two ways, by the numbers of the threat catalogue. Each is
// refused with its exact reason, however its bytes are cut.

#include "tests/unit/gateway/http1/feed.hpp"

#include <vector>

namespace gateway::http1::test {

namespace {

using policy::Reason;
using namespace std::string_literals;

struct Refusal {
    std::string id;
    std::string bytes;
    Reason reason = Reason::bad_request;
};

/// A request that is well-formed but for `fields`.
Refusal field(std::string id, const std::string& fields, Reason reason = Reason::bad_request) {
    return {std::move(id), "POST / HTTP/1.1\r\nHost: g\r\n" + fields + "\r\n\r\nhello", reason};
}

/// A request that is well-formed but for its first line.
Refusal line(std::string id, const std::string& text, Reason reason = Reason::bad_request) {
    return {std::move(id), text + "\r\nHost: g\r\n\r\n", reason};
}

/// A request that is well-formed but for its Host.
Refusal host(std::string id, const std::string& value) {
    return {std::move(id), "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n"};
}

void expect_refused(const std::vector<Refusal>& cases) {
    for (const Refusal& item : cases) {
        const auto parsed = parse_request(item.bytes);
        EXPECT_EQ(parsed.result.kind, HeadResult::Kind::refused) << item.id << '\n' << item.bytes;
        EXPECT_EQ(parsed.result.reason, item.reason) << item.id << '\n' << item.bytes;
    }
}

} // namespace

TEST(HeadRefusals, OfCodingsAndLengthsTogether) {
    expect_refused({
        field("H1", "Content-Length: 6\r\nTransfer-Encoding: chunked"),
        field("H2", "Transfer-Encoding: chunked\r\nContent-Length: 6"),
        field("H3", "Transfer-Encoding: gzip\r\nContent-Length: 5"),
        field("H3", "Transfer-Encoding: identity\r\nContent-Length: 5"),
        field("H3", "Transfer-Encoding: xchunked\r\nContent-Length: 5"),
        field("H3", "Transfer-Encoding:\r\nContent-Length: 5"),
        field("H3", "Transfer-Encoding: \"chunked\"\r\nContent-Length: 5"),
        field("H3", "Transfer-Encoding: \xa0"s + "chunked\r\nContent-Length: 5"),
    });
}

TEST(HeadRefusals, OfCodingsOtherThanExactlyChunked) {
    for (std::string coding :
         {"gzip", "chunked, gzip", "gzip, chunked", "chunked, chunked", "xchunked", "identity",
          "chunked;q=1", "chunked foo", ",chunked", "chunked,", "", "chunked\xa0",
          "\x85"
          "chunked",
          "\"chunked\"", "c hunked"})
        expect_refused({field("H4-H6", "Transfer-Encoding: " + coding)});
    expect_refused({
        field("H5", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"),
        field("H5", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
        field("H5", "Transfer-Encoding: chunked\r\ntransfer-encoding: chunked"),
        field("H7", "Transfer-Encoding: \x0b"s + "chunked"),
        field("H7", "Transfer-Encoding: chunked\0"s),
        field("H7", "Transfer-Encoding : chunked"),
        field("H7", "Transfer-\r\n Encoding: chunked"),
        {"H8", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"H8", "POST / HTTP/1.0\r\nTransfer-Encoding: identity\r\n\r\n"},
    });
}

TEST(HeadRefusals, OfLengthsThatAreNotOnePlainNumber) {
    for (std::string length : {"+5",
                               "-5",
                               "0x5",
                               "5_0",
                               "5 0",
                               "",
                               "005",
                               "00",
                               "\xd9\xa1",
                               "5,",
                               ",5",
                               "5, 5",
                               "5, 6",
                               "5\r\n 5",
                               "9223372036854775808",
                               "18446744073709551616",
                               "99999999999999999999",
                               "5.0",
                               "5e0",
                               "\"5\"",
                               "5;"})
        expect_refused({field("H9/H10", "Content-Length: " + length)});
    expect_refused({
        field("H9", "Content-Length: 5\r\nContent-Length: 5"),
        field("H9", "Content-Length: 5\r\ncontent-length: 6"),
        field("H15", " Content-Length: 44"),
        field("H15", "Content-Length\t: 44"),
        field("H15", "X: y\r\n\tContent-Length: 44"),
    });
}

TEST(HeadRefusals, OfFolding) {
    expect_refused({
        field("H30", "X: a\r\n b"),
        field("H30", "X: a\r\n\tb"),
        field("H30", "X:\r\n b"),
        field("H30", "Transfer-Encoding:\r\n chunked"),
        field("H30", "Authorization: Bearer\r\n\ttok"),
        {"H30", "GET / HTTP/1.1\r\n Host: g\r\n\r\n"},
        {"H30", "GET / HTTP/1.1\r\nHost: g\r\n \r\n\r\n"},
    });
}

TEST(HeadRefusals, OfLineEndingsOtherThanCrLf) {
    expect_refused({
        {"H31", "GET / HTTP/1.1\nHost: g\r\n\r\n"},
        {"H31", "GET / HTTP/1.1\r\nHost: g\n\r\n"},
        {"H31", "GET / HTTP/1.1\r\nHost: g\r\n\n"},
        {"H31", "GET / HTTP/1.1\nHost: g\n\n"},
        {"H31", "GET / HTTP/1.1\r\nX: a\rb\r\nHost: g\r\n\r\n"},
        {"H31", "GET / HTTP/1.1\r\r\nHost: g\r\n\r\n"},
        {"H31", "GET / HTTP/1.1\r\nHost: g\r\r\n\r\n"},
        {"H31", "GET / HTTP/1.1\r\nHost: g\r\n\r\r\n"},
        {"H31", "GET /\rHTTP/1.1\r\nHost: g\r\n\r\n"},
        {"H31", "\nGET / HTTP/1.1\r\nHost: g\r\n\r\n"},
        {"H31", "\r\r\nGET / HTTP/1.1\r\nHost: g\r\n\r\n"},
    });
}

TEST(HeadRefusals, OfEveryControlByte) {
    for (int byte = 0; byte < 0x80; ++byte) {
        if ((byte >= 0x20 && byte < 0x7f) || byte == '\t') continue;
        const std::string c(1, static_cast<char>(byte));
        expect_refused({
            field("H32", "X-Longer-Name: value" + c + "value"),
            field("H32", "X: " + c),
            field("H32", "X" + c + "Y: z"),
            line("H32", "GET /" + c + "x HTTP/1.1"),
        });
    }
}

TEST(HeadRefusals, OfObsTextWhereItIsRead) {
    for (std::string name :
         {"Authorization", "Content-Type", "Content-Encoding", "Connection", "Expect", "Origin",
          "X-Forwarded-For", "Forwarded", "Upgrade", "TE", "X-Request-Id"})
        for (std::string value : {"a\x80", "a\xa0", "\x85", "aaaaaaaaaaaaaaa\xffzzzzzzzzz"})
            expect_refused({field("H33", name + ": " + value)});
    expect_refused({
        field("H32", "X\x80: y"),
        line("H58", "GET /\xc0\xae HTTP/1.1"),
        line("H58", "GET /a?\xff HTTP/1.1"),
    });
}

TEST(HeadRefusals, OfNamesThatAreNotTokens) {
    expect_refused({
        {"H34", "GET / HTTP/1.1\r\nHost : g\r\n\r\n"},
        field("H34", ": v"),
        field("H34", "Foo"),
        field("H34", "Foo\tBar: x"),
        field("H34", "Foo(x): y"),
        field("H34", "Foo Bar: x"),
        field("H34", "\"Foo\": x"),
        field("H34", "Foo, Bar: x"),
        field("H34", "Foo;Bar: x"),
    });
}

TEST(HeadRefusals, OfFirstLinesOtherThanThreeParts) {
    expect_refused({
        {"H38", "\r\n\r\nGET / HTTP/1.1\r\nHost: g\r\n\r\n"},
        line("H38", "GET / HTTP/1.1 "),
        line("H38", "GET  / HTTP/1.1"),
        line("H38", "GET /  HTTP/1.1"),
        line("H38", "GET\t/ HTTP/1.1"),
        line("H38", "GET /\tHTTP/1.1"),
        line("H38", " GET / HTTP/1.1"),
        line("H38", "GET / x HTTP/1.1"),
        line("H38", "GET / http/1.1"),
        line("H38", "GET / HTTP/1.10"),
        line("H38", "GET / HTTP/01.1"),
        line("H38", "GET / HTTP/1,1"),
        line("H38", "GET / HTTP/1.x"),
        line("H38", "GET / HTTPS/1.1"),
        line("H38", "GET /"),
        line("H38", "GET"),
        line("H38", "GET HTTP/1.1"),
        line("H38", "/ HTTP/1.1"),
        line("H95", "G(T / HTTP/1.1"),
        line("H95", "G\x80T / HTTP/1.1"),
    });
}

TEST(HeadRefusals, OfVersionsThatItDoesNotSpeak) {
    for (std::string version : {"0.9", "1.2", "1.9", "2.0", "3.0"})
        expect_refused({line("H38", "GET / HTTP/" + version, Reason::version_not_supported)});
    expect_refused({{"H144", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Reason::version_not_supported}});
}

TEST(HeadRefusals, OfMethodsThatItDoesNotPass) {
    expect_refused({
        line("H62", "CONNECT x:443 HTTP/1.1", Reason::not_implemented),
        line("H62", "CONNECT / HTTP/1.1", Reason::not_implemented),
        line("H95", "TRACE / HTTP/1.1", Reason::not_implemented),
        line("H95", std::string(33, 'A') + " / HTTP/1.1", Reason::not_implemented),
        line("H95", std::string(33, '(') + " / HTTP/1.1"),
    });
    EXPECT_EQ(parse_request(std::string(32, 'A') + " / HTTP/1.1\r\nHost: g\r\n\r\n").result.kind,
              HeadResult::Kind::complete);
}

TEST(HeadRefusals, OfTargetsInNoForm) {
    for (std::string target :
         {"admin", "?x", "*", "x:443", "ftp://g/", "http:/g", "http:", "#", "\\x", "**"})
        expect_refused({line("H59-H62", "GET " + target + " HTTP/1.1")});
    expect_refused({line("H60", "OPTIONS */x HTTP/1.1")});
}

TEST(HeadRefusals, OfDoubledSingletons) {
    for (std::string name : {"Content-Type", "Content-Encoding", "Upgrade", "Sec-WebSocket-Key",
                             "Origin", "Access-Control-Request-Method"})
        expect_refused({field("H39", name + ": x\r\n" + name + ": x")});
    expect_refused({
        field("H39", "Host: g"),
        field("H39", "Expect: 100-continue\r\nexpect: 100-continue"),
        field("H39", "content-type: a/b\r\nX: y\r\nCONTENT-TYPE: c/d"),
    });
}

TEST(HeadRefusals, OfHosts) {
    expect_refused({
        {"H70", "GET / HTTP/1.1\r\n\r\n"},
        {"H70", "GET / HTTP/1.1\r\nHost: g\r\nHost: other\r\n\r\n"},
        {"H70", "GET / HTTP/1.0\r\nHost:\r\n\r\n"},
    });
    for (std::string value : {"",      "a, b",     "a,b",     "g/x",     "u@g",
                              "g:",    "g:0",      "g:99999", "g:80:80", "g:8a",
                              "g:+80", "[::1",     "[::1]x",  "[::1]:",  "[fe80::1%eth0]",
                              "[]",    "[g]",      "::1",     "g\x80",   ".",
                              ".g",    "g..h",     "g h",     "g?",      "g#",
                              "g\\h",  "http://g", "%67",     "g;h",     "*"})
        expect_refused({host("H70", value)});
    expect_refused({host("H70", "g\0"s), host("H70", std::string(255, 'a'))});
}

TEST(HeadRefusals, OfExpectationsOtherThanContinue) {
    expect_refused({
        field("H97", "Expect: y 100-continue", Reason::expectation_failed),
        field("H97", "Expect: 100-continued", Reason::expectation_failed),
        field("H97", "Expect:", Reason::expectation_failed),
        field("H97", "Expect: y\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"),
    });
}

TEST(HeadRefusals, OfConnectionOptionsThatAreNotTokens) {
    expect_refused({
        field("H82", "Connection: \"x\""),
        field("H82", "Connection: close;x"),
        field("H82", "Connection: a b"),
    });
}

} // namespace gateway::http1::test
