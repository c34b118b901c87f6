#include "policy/json.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

JsonError error_of(std::string_view text, const JsonLimits& limits = {}) {
    const auto document = parse_json(text, limits);
    EXPECT_FALSE(document) << text;
    return document ? JsonError::syntax : document.error();
}

TEST(Json, GivesMembersInTheirOrderWithTheirTypes) {
    const auto document =
        parse_json(R"( {"s":"a\u00e9\n","n":-12,"b":true,"z":null,"a":[1,[],{}]} )");
    ASSERT_TRUE(document);
    const JsonValue root = document->root();
    ASSERT_TRUE(root.is(JsonType::object));
    EXPECT_EQ(root.size(), 5u);
    EXPECT_EQ(root.find("s")->text(), "a\xc3\xa9\n");
    EXPECT_EQ(root.find("n")->number().integer, -12);
    EXPECT_EQ(root.find("n")->text(), "-12");
    EXPECT_TRUE(root.find("b")->boolean());
    EXPECT_TRUE(root.find("z")->is(JsonType::null));
    std::string names;
    for (auto member = root.first(); member; member = member->next()) names += member->name();
    EXPECT_EQ(names, "snbza");
    const JsonValue array = *root.find("a");
    EXPECT_EQ(array.size(), 3u);
    EXPECT_EQ(array.first()->number().real, 1.0);
    EXPECT_FALSE(array.first()->next()->first());
    EXPECT_TRUE(array.first()->next()->next()->is(JsonType::object));
}

TEST(Json, FindsNothingInWhatIsNoObject) {
    const auto document = parse_json(R"(["a",1])");
    ASSERT_TRUE(document);
    EXPECT_FALSE(document->root().find("a"));
    EXPECT_FALSE(document->root().first()->find("a"));
}

TEST(Json, ComparesNamesByteByByte) {
    const auto document = parse_json(R"({"Exp":1,"__proto__":2})");
    ASSERT_TRUE(document);
    EXPECT_FALSE(document->root().find("exp"));
    EXPECT_TRUE(document->root().find("__proto__"));
}

TEST(Json, RefusesDuplicateNames) {
    for (const char* text : {R"({"a":1,"a":1})", R"({"exp":1,"\u0065xp":2})",
                             R"({"x":{"a":1,"b":2,"a":3}})", R"([{"":1,"":2}])"})
        EXPECT_EQ(error_of(text), JsonError::duplicate_name) << text;
    EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":[{"a":1},{"a":1}],"A":1})"));
}

TEST(Json, RefusesADuplicateAmongManyNames) {
    std::string text = "{";
    for (int i = 0; i < 200; ++i) text += "\"name" + std::to_string(i) + "\":0,";
    EXPECT_TRUE(parse_json(text + "\"last\":0}"));
    EXPECT_EQ(error_of(text + "\"name7\":0}"), JsonError::duplicate_name);
}

TEST(Json, RefusesTextThatIsNotUtf8) {
    for (const char* text :
         {"[\"\xff\xfe\"]", "[\"\xc0\xaf\"]", "[\"\xed\xa0\x80\"]", "[\"\xed\xb0\x80\"]",
          "[\"\xe2\x82\"]", "{\"\xff\":1}", "[\"\xf5\x80\x80\x80\"]"})
        EXPECT_EQ(error_of(text), JsonError::bad_text) << text;
}

TEST(Json, RefusesLoneSurrogates) {
    for (const char* text : {R"(["\uD800"])", R"(["\uDC00"])", R"(["\uDC00\uD800"])",
                             R"({"\uDFFF":1})", R"(["\uD800\u0041"])", R"(["a\uD834"])"})
        EXPECT_EQ(error_of(text), JsonError::bad_text) << text;
    const auto pair = parse_json(R"(["\uD834\uDD1E", "\ud7ff"])");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->root().first()->text(), "\xf0\x9d\x84\x9e");
}

TEST(Json, RefusesNulWrittenInAnyWay) {
    using namespace std::string_view_literals;
    for (const auto text : {"{\"exp\":1}\0{\"exp\":9}"sv, "[1]\0"sv, "\0[1]"sv, "[\"a\0b\"]"sv,
                            R"(["a\u0000b"])"sv, R"({"exp\u0000":1})"sv})
        EXPECT_EQ(error_of(text), JsonError::bad_text) << text;
}

TEST(Json, RefusesAByteOrderMark) {
    EXPECT_EQ(error_of("\xef\xbb\xbf{}"), JsonError::bad_text);
    EXPECT_EQ(error_of("\xef\xbb{}"), JsonError::syntax);
}

TEST(Json, RefusesWhatFollowsTheValue) {
    for (const char* text :
         {"{}x",  "{}{}",    "[1],",       "{} //", "1 2",   "",           " ",
          "\v{}", "{'a':1}", "{\"a\":1,}", "[1,]",  "[NaN]", "[Infinity]", "[-Infinity]",
          "[+1]", "[01]",    "[.5]",       "[1.]",  "nul",   "TRUE"})
        EXPECT_EQ(error_of(text), JsonError::syntax) << text;
}

TEST(Json, SurvivesTheNumbersThatCrashItsParser) {
    // CVE-2024-38517 and rapidjson#1251: each of these ended the process before.
    for (const char* text :
         {R"({"alg":"RS256","z":1.0000000000e-2147483639})", "[1e-2147483639]", "[1e999999999999]",
          "[128.74836467836484838364836483643636483648e-336]"})
        EXPECT_EQ(error_of(text), JsonError::bad_number) << text;
    EXPECT_EQ(error_of("[" + std::string(7000, '9') + "]"), JsonError::bad_number);
    EXPECT_EQ(error_of("[0." + std::string(7000, '0') + "1]"), JsonError::bad_number);
    EXPECT_TRUE(parse_json("[0." + std::string(7000, '9') + "]"));
}

TEST(Json, KeepsEachLimitExactly) {
    const JsonLimits limits{.bytes = 40, .depth = 2, .members = 3, .nodes = 6};
    EXPECT_TRUE(parse_json("[[1,2],[3]]", limits));
    EXPECT_EQ(error_of("[[1,2],[3,4]]", limits), JsonError::too_many_members);
    EXPECT_EQ(error_of("[[[]]]", limits), JsonError::too_deep);
    EXPECT_TRUE(parse_json("[1,2,3]", limits));
    EXPECT_EQ(error_of("[1,2,3,4]", limits), JsonError::too_many_members);
    EXPECT_TRUE(parse_json("\"" + std::string(38, 'a') + "\"", limits));
    EXPECT_EQ(error_of("\"" + std::string(39, 'a') + "\"", limits), JsonError::too_large);
}

TEST(Json, StopsAtTheDepthLimitHoweverDeepTheTextIs) {
    const JsonLimits wide{.bytes = 1 << 20};
    EXPECT_EQ(error_of(std::string(100000, '['), wide), JsonError::too_deep);
    std::string text;
    for (int i = 0; i < 50000; ++i) text += "[{\"\":";
    EXPECT_EQ(error_of(text, wide), JsonError::too_deep);
}

TEST(Json, SaysHowMuchMemoryItHolds) {
    const auto document = parse_json(R"({"a":")" + std::string(1000, 'x') + "\"}");
    ASSERT_TRUE(document);
    EXPECT_GE(document->memory(), 1001u);
    EXPECT_LE(document->memory(), 1400u);
}

TEST(Json, ViewsOutliveAMoveOfTheDocument) {
    auto document = parse_json(R"({"a":"text"})");
    ASSERT_TRUE(document);
    const std::string_view text = document->root().find("a")->text();
    const JsonDocument moved = *std::move(document);
    EXPECT_EQ(text.data(), moved.root().find("a")->text().data());
}

} // namespace
} // namespace policy
