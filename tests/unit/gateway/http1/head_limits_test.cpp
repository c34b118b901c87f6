// The limits of a head hold however slowly it comes, and beyond them nothing is looked at (threats
// H35, H36, H64).

#include "tests/unit/gateway/http1/feed.hpp"

namespace gateway::http1::test {

namespace {

using policy::Reason;

const std::string start = "GET / HTTP/1.1\r\nHost: g\r\n";

std::string head_of(std::size_t bytes) {
    return start + "X: " + std::string(bytes - start.size() - 7, 'a') + "\r\n\r\n";
}

std::string head_with_fields(std::size_t count) {
    std::string text = start;
    for (std::size_t i = 1; i < count; ++i) text += "X: y\r\n";
    return text + "\r\n";
}

void expect_reason(const std::string& text, const HeadLimits& limits, Reason reason) {
    const auto parsed = parse_request(text, limits);
    EXPECT_EQ(parsed.result.kind, HeadResult::Kind::refused);
    EXPECT_EQ(parsed.result.reason, reason);
}

} // namespace

TEST(HeadLimits, CountEveryByteOfTheHead) {
    HeadLimits limits;
    limits.bytes = 1024;
    EXPECT_EQ(parse_request(head_of(1024), limits).result.kind, HeadResult::Kind::complete);
    expect_reason(head_of(1025), limits, Reason::head_too_large);
    expect_reason(head_of(1026), limits, Reason::head_too_large);
    expect_reason(head_of(5000), limits, Reason::head_too_large);
    EXPECT_EQ(parse_request(head_of(1024) + std::string(2000, 'b'), limits).result.kind,
              HeadResult::Kind::complete);
}

TEST(HeadLimits, RefuseAnEndlessHeadAtTheLimit) {
    HeadLimits limits;
    limits.bytes = 1024;
    const std::string text = head_of(4000).substr(0, 1024);
    EXPECT_EQ(parse_request(text.substr(0, 1023), limits).result.kind, HeadResult::Kind::need_more);
    expect_reason(text, limits, Reason::head_too_large);
}

TEST(HeadLimits, HoldWhenEachReadEndsOneByteIntoTheNextLine) {
    const std::string line = "Hdr: " + std::string(90, 'a') + "\r\n";
    std::string text = start;
    policy::RequestHead head;
    std::size_t scanned = 0;
    for (int lines = 0; lines < 1000; ++lines) {
        text += line;
        std::string bytes = text + "H";
        const HeadResult result = parse_request_head(bytes, scanned, {}, head);
        if (result.kind == HeadResult::Kind::need_more) continue;
        EXPECT_EQ(result.reason, Reason::head_too_large);
        EXPECT_LE(bytes.size(), HeadLimits{}.bytes + line.size());
        return;
    }
    FAIL() << "a hundred kilobytes of head were collected";
}

TEST(HeadLimits, CountTheFields) {
    HeadLimits limits;
    limits.fields = 20;
    EXPECT_EQ(parse_request(head_with_fields(20), limits).result.kind, HeadResult::Kind::complete);
    expect_reason(head_with_fields(21), limits, Reason::head_too_large);
}

TEST(HeadLimits, NeverPassTheCapacityOfAFieldList) {
    HeadLimits limits;
    limits.fields = 1000;
    EXPECT_EQ(parse_request(head_with_fields(policy::FieldList::capacity), limits).result.kind,
              HeadResult::Kind::complete);
    expect_reason(head_with_fields(policy::FieldList::capacity + 1), limits,
                  Reason::head_too_large);
}

TEST(HeadLimits, MeasureEachValue) {
    HeadLimits limits;
    limits.value = 64;
    EXPECT_EQ(
        parse_request(start + "X:  " + std::string(64, 'a') + " \r\n\r\n", limits).result.kind,
        HeadResult::Kind::complete);
    expect_reason(start + "X: " + std::string(65, 'a') + "\r\n\r\n", limits,
                  Reason::head_too_large);
}

TEST(HeadLimits, MeasureTheTarget) {
    HeadLimits limits;
    limits.target = 100;
    const auto request = [](std::size_t size) {
        return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: g\r\n\r\n";
    };
    EXPECT_EQ(parse_request(request(100), limits).result.kind, HeadResult::Kind::complete);
    for (std::size_t size : {101U, 120U, 134U, 135U, 136U, 140U, 145U, 150U, 300U})
        expect_reason(request(size), limits, Reason::target_too_long);
}

TEST(HeadLimits, RefuseALongFirstLineBeforeItsEnd) {
    HeadLimits limits;
    limits.target = 100;
    expect_reason("GET /" + std::string(300, 'a'), limits, Reason::target_too_long);
    expect_reason(std::string(300, 'A'), limits, Reason::not_implemented);
    expect_reason(std::string(300, '('), limits, Reason::bad_request);
}

TEST(HeadLimits, PassTheLargestTargetOfTheDefaults) {
    std::string text = "GET /" + std::string(8191, 'a') + " HTTP/1.1\r\nHost: g\r\n\r\n";
    policy::RequestHead head;
    std::size_t scanned = 0;
    EXPECT_EQ(parse_request_head(text, scanned, {}, head).kind, HeadResult::Kind::complete);
}

} // namespace gateway::http1::test
