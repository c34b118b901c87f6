// Responses for the client.

#include "gateway/http1/writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gateway::http1 {

namespace {

using Kind = policy::BodyFraming::Kind;

struct Response {
    int status = 200;
    std::string reason = "OK";
    std::vector<policy::Field> fields;
    std::vector<ExtraField> extra;
    policy::BodyFraming body;
    int minor_version = 1;
    bool keep_alive = true;
    bool head_only = false;
};

std::string write(const Response& response) {
    policy::ResponseHead head;
    head.status = response.status;
    head.reason = response.reason;
    for (const policy::Field& field : response.fields)
        head.fields.push(field.name, field.value, policy::field_id(field.name));
    HeadBuffer out;
    const bool good =
        write_response_head(out, head, response.extra, response.body, response.minor_version,
                            response.keep_alive, response.head_only);
    EXPECT_EQ(good, !out.view().empty());
    return good ? std::string(out.view()) : "refused";
}

} // namespace

TEST(ResponseWriter, WritesOneCanonicalHead) {
    EXPECT_EQ(
        write({.status = 404,
               .reason = "Not Found",
               .fields = {{"content-type", "text/plain"},
                          {"content-length", "9"},
                          {"transfer-encoding", "gzip"},
                          {"connection", "x"},
                          {"set-cookie", "a"},
                          {"set-cookie", "b"}},
               .extra = {{"x-request-id", "1"}},
               .body = {Kind::length, 5}}),
        "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\nset-cookie: a\r\nset-cookie: b\r\n"
        "x-request-id: 1\r\ncontent-length: 5\r\n\r\n");
}

TEST(ResponseWriter, SaysHowTheBodyEnds) {
    EXPECT_EQ(write({.body = {Kind::chunked, 0}}),
              "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    EXPECT_EQ(write({.body = {Kind::none, 0}}), "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    EXPECT_EQ(write({.body = {Kind::until_close, 0}, .keep_alive = false}),
              "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
}

TEST(ResponseWriter, SaysNoLengthWhereNoBodyCanBe) {
    for (int status : {100, 103, 204, 304})
        for (Kind kind : {Kind::none, Kind::length})
            EXPECT_EQ(write({.status = status, .reason = "X", .body = {kind, 0}}),
                      "HTTP/1.1 " + std::to_string(status) + " X\r\n\r\n");
    EXPECT_EQ(write({.status = 204, .body = {Kind::length, 5}}), "refused");
    EXPECT_EQ(write({.status = 304, .body = {Kind::chunked, 0}}), "refused");
}

TEST(ResponseWriter, AnnouncesTheLengthInAnswersToHead) {
    EXPECT_EQ(write({.body = {Kind::length, 5}, .head_only = true}),
              "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
    for (Kind kind : {Kind::none, Kind::chunked, Kind::until_close})
        EXPECT_EQ(write({.body = {kind, 0}, .head_only = true}), "HTTP/1.1 200 OK\r\n\r\n");
}

TEST(ResponseWriter, SaysWhetherTheConnectionStays) {
    const policy::BodyFraming body{Kind::length, 1};
    EXPECT_EQ(write({.body = body, .keep_alive = false}),
              "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\n");
    EXPECT_EQ(write({.body = body, .minor_version = 0}),
              "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: keep-alive\r\n\r\n");
    EXPECT_EQ(write({.body = body, .minor_version = 0, .keep_alive = false}),
              "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\n");
}

TEST(ResponseWriter, RefusesFramingThatTheClientCannotRead) {
    EXPECT_EQ(write({.body = {Kind::chunked, 0}, .minor_version = 0, .keep_alive = false}),
              "refused");
    EXPECT_EQ(write({.body = {Kind::until_close, 0}}), "refused");
}

TEST(ResponseWriter, RefusesBadStatusPhraseAndFields) {
    for (int status : {-1, 0, 99, 600, 1000})
        EXPECT_EQ(write({.status = status}), "refused") << status;
    EXPECT_EQ(write({.reason = "O\nK"}), "refused");
    EXPECT_EQ(write({.fields = {{"x-a", "b\r\nc"}}}), "refused");
    EXPECT_EQ(write({.extra = {{"x a", "b"}}}), "refused");
    EXPECT_EQ(write({.extra = {{"Content-Length", "5"}}}), "refused");
}

TEST(ResponseWriter, TakesAnEmptyPhrase) {
    EXPECT_EQ(write({.reason = "", .body = {Kind::length, 0}}),
              "HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n");
}

} // namespace gateway::http1
