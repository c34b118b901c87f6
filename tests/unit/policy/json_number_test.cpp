#include "policy/json_number.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

TEST(JsonNumber, KeepsIntegersExact) {
    const std::pair<const char*, std::int64_t> cases[] = {{"0", 0},
                                                          {"-0", 0},
                                                          {"9007199254740993", 9007199254740993},
                                                          {"9223372036854775807", INT64_MAX},
                                                          {"-9223372036854775808", INT64_MIN}};
    for (const auto& [text, value] : cases) {
        const auto number = parse_json_number(text);
        ASSERT_TRUE(number) << text;
        EXPECT_TRUE(number->is_integer) << text;
        EXPECT_EQ(number->integer, value) << text;
        EXPECT_EQ(number->real, static_cast<double>(value)) << text;
    }
}

TEST(JsonNumber, TakesTheNearestDoubleForTheRest) {
    const std::pair<const char*, double> cases[] = {{"1.0", 1.0},
                                                    {"1e3", 1000.0},
                                                    {"1E+3", 1000.0},
                                                    {"-1.5e-3", -0.0015},
                                                    {"9223372036854775808", 9223372036854775808.0},
                                                    {"1e308", 1e308},
                                                    {"0e5", 0.0},
                                                    {"0.1", 0.1}};
    for (const auto& [text, value] : cases) {
        const auto number = parse_json_number(text);
        ASSERT_TRUE(number) << text;
        EXPECT_FALSE(number->is_integer) << text;
        EXPECT_EQ(number->real, value) << text;
    }
}

TEST(JsonNumber, RefusesWhatTheGrammarDoesNotKnow) {
    for (const char* text :
         {"",     "-",   "+1",  "01",       "-01", "00", ".5",  "1.",  "1.e3",  "1e", "1e+",
          "0x10", "inf", "nan", "Infinity", "1 ",  " 1", "1,5", "--1", "1e1.5", "1_0"})
        EXPECT_FALSE(parse_json_number(text)) << text;
}

TEST(JsonNumber, RefusesWhatADoubleCannotHold) {
    for (const char* text :
         {"1e309", "-1e309", "1e400", "1e-400", "-1e-400", "1e99999999999", "1e-99999999999"})
        EXPECT_FALSE(parse_json_number(text)) << text;
}

} // namespace
} // namespace policy
