#include "policy/route/pattern.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::route {
namespace {

std::string error_of(const std::string& path) {
    config::Problems problems;
    const auto pattern = parse_pattern(support::make_route(path), "f", problems);
    EXPECT_EQ(pattern.has_value(), problems.empty()) << path;
    return problems.empty() ? "" : problems[0].message;
}

TEST(Pattern, ReadsItsSegments) {
    config::Problems problems;
    const auto pattern =
        parse_pattern(support::make_route("/a%7e|/{x}/{n:int}/{u:uuid}/**"), "f", problems);
    ASSERT_TRUE(pattern) << support::text_of(problems);
    ASSERT_EQ(pattern->segments.size(), 5u);
    EXPECT_EQ(pattern->segments[0].kind, Segment::Kind::literal);
    EXPECT_EQ(pattern->segments[0].text, "a~%7C"); // in the form that targets have
    EXPECT_EQ(pattern->segments[1].kind, Segment::Kind::plain);
    EXPECT_EQ(pattern->segments[2].kind, Segment::Kind::integer);
    EXPECT_EQ(pattern->segments[3].kind, Segment::Kind::uuid);
    EXPECT_EQ(pattern->segments[4].kind, Segment::Kind::rest);
    EXPECT_EQ(pattern->parameters, (std::vector<std::string>{"x", "n", "u"}));
}

TEST(Pattern, RefusesWhatNoRequestCouldMatch) {
    for (const char* path :
         {"",      "a",     "/a//b",   "//",    "/./a",       "/..",    "/a/%2e%2e", "/a%2fb",
          "/a\\b", "/a?b",  "/a#b",    "/a b",  "/%zz",       "/%00",   "/\xc3\xa4", "/..;x",
          "/**/a", "/a**",  "/*",      "/a*b",  "/{",         "/}",     "/{}",       "/{a",
          "/{a}b", "/x{a}", "/{a}{b}", "/{a:}", "/{a:float}", "/{a b}", "/{a}/{a}",  "/{:int}"})
        EXPECT_NE(error_of(path), "") << path;
}

TEST(Pattern, AcceptsTheEdges) {
    for (const char* path : {"/", "/**", "/a/", "/a;x=1", "/%2A%7B", "/{a}/", "/a.b/..c"})
        EXPECT_EQ(error_of(path), "") << path;
}

TEST(Pattern, IsBounded) {
    std::string deep, many;
    for (int i = 0; i < 65; ++i) deep += "/a";
    for (int i = 0; i < 17; ++i) many += "/{p" + std::to_string(i) + "}";
    EXPECT_NE(error_of(deep).find("64 segments"), std::string::npos);
    EXPECT_NE(error_of(many).find("16 parameters"), std::string::npos);
}

TEST(Pattern, IntegersAreWhatFitsEverywhere) {
    for (const char* text : {"0", "42", "-1", "007", "123456789012345678"})
        EXPECT_TRUE(is_integer(text)) << text;
    for (const char* text :
         {"", "-", "+1", "1.0", "1e3", "0x1", " 1", "--1", "1234567890123456789", "a"})
        EXPECT_FALSE(is_integer(text)) << text;
}

TEST(Pattern, UuidsHaveTheirDashesInPlace) {
    EXPECT_TRUE(is_uuid("123e4567-E89B-12d3-a456-426614174000"));
    for (const char* text :
         {"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
          "123e4567-e89b-12d3-a456-4266141740000", "123e4567-e89b-12d3-a456_426614174000",
          "g23e4567-e89b-12d3-a456-426614174000", "{123e4567-e89b-12d3-a456-426614174000}"})
        EXPECT_FALSE(is_uuid(text)) << text;
}

} // namespace
} // namespace policy::route
