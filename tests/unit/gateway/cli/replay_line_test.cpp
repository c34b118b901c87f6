#include "gateway/cli/replay_line.hpp"

#include <gtest/gtest.h>

namespace gateway::cli {
namespace {

const std::string good =
    R"({"v":1,"ts":"2026-11-24T08:07:11.042Z","request_id":"0198","client":"192.0.2.7",)"
    R"("tls":true,"method":"GET","host":"api","path":"/orders/7","route":"orders",)"
    R"("reason":"allowed","token":"proven","issuer":"own","typ":"at+jwt",)"
    R"("claims":{"iss":"own"},"absent":["/tenant"],"headers":{"a":null},"queries":{}})";

std::string replaced(const std::string& from, const std::string& to) {
    std::string line = good;
    line.replace(line.find(from), from.size(), to);
    return line;
}

TEST(ReplayLine, ReadsWhatTheDecisionLogWrites) {
    policy::record::Recorded recorded;
    ASSERT_EQ(parse_record(good, recorded), "");
    EXPECT_EQ(recorded.at, policy::TimePoint(std::chrono::milliseconds(1795507631042)));
    EXPECT_TRUE(recorded.tls);
    EXPECT_EQ(recorded.path, "/orders/7");
    EXPECT_EQ(recorded.token, policy::record::TokenState::proven);
    EXPECT_EQ(recorded.type, "at+jwt");
    EXPECT_EQ(recorded.claims->find("iss")->text(), "own");
    EXPECT_EQ(recorded.absent->size(), 1u);
}

TEST(ReplayLine, SaysWhatIsWrong) {
    struct Row {
        std::string line, error;
    };
    const Row table[] = {
        {"", "this is no JSON object"},
        {"[1]", "this is no JSON object"},
        {good + "}", "this is no JSON object"},
        {"{}", "this is no decision that this version can read"},
        {replaced(R"("v":1)", R"("v":2)"), "this is no decision that this version can read"},
        {replaced("2026-11-24T", "yesterday"), "`ts` is not a time"},
        {replaced(R"("tls":true)", R"("tls":"yes")"), "`tls` is not true or false"},
        {replaced("192.0.2.7", "somewhere"), "`client` is not an address"},
        {replaced(R"("path":"/orders/7")", R"("path":"orders")"), "`path` is not a path"},
        {replaced(R"("reason":"allowed")", R"("reason":"mood")"),
         "`reason` is not one that is known"},
        {replaced("proven", "good"), "`token` is not one that is known"},
        {replaced(R"({"iss":"own"})", "7"), "`claims` is not an object"},
        {replaced(R"("claims":{"iss":"own"},)", ""), "`claims` is not there"},
        {replaced(R"("request_id":"0198",)", ""), "`request_id` is not a text"},
        {std::string(longest_record + 1, ' '), "the line is longer than 256 KiB"},
    };
    for (const Row& row : table) {
        policy::record::Recorded recorded;
        EXPECT_EQ(parse_record(row.line, recorded), row.error) << row.line.substr(0, 200);
    }
}

} // namespace
} // namespace gateway::cli
