#include "gateway/cli/json_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gateway::cli {
namespace {

std::string round_trip(std::string_view json) {
    const auto document = policy::parse_json(json);
    if (!document) return "(refused)";
    std::string out;
    append_json(out, document->root());
    return out;
}

TEST(JsonText, WritesEveryTypeBackCompactly) {
    for (const char* json : {"null", "true", "false", "0", "-1.50e3", "\"text\"", "[]", "{}",
                             "[1,[2,{\"a\":null}]]", "{\"b\":1,\"a\":[true,\"x\"]}"}) {
        EXPECT_EQ(round_trip(json), json);
    }
}

TEST(JsonText, DropsWhiteSpaceAndKeepsNumbersAsWritten) {
    EXPECT_EQ(round_trip(" { \"n\" : 12345678901234567890123 , \"x\" : [ 1.0 ] } "),
              "{\"n\":12345678901234567890123,\"x\":[1.0]}");
}

TEST(JsonText, EscapesWhatATerminalWouldObey) {
    EXPECT_EQ(json_string("\x1b[31m\"\n"), "\"\\u001b[31m\\\"\\n\"");
    EXPECT_EQ(round_trip("\"\\u001b[0m\""), "\"\\u001b[0m\"");
}

} // namespace
} // namespace gateway::cli
