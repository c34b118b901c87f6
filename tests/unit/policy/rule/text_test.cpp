#include "policy/rule/text.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using support::Scene;

std::string evaluated(Scene& scene, const std::string& text) {
    config::Problems problems;
    const Text compiled = Text::compile(text, {3, 1}, {"customer"}, "f", problems);
    EXPECT_TRUE(problems.empty()) << support::text_of(problems);
    const Value value = compiled.evaluate(scene.admission());
    if (value) return "=" + std::string(*value);
    return value.error() == TextError::missing ? "missing" : "unfit";
}

TEST(Text, FillsItsTemplates) {
    Scene scene(R"({"sub":"ada","n":1e3,"ok":true,"realm":{"roles":["a","b"]},"x.y":{"z":"deep"}})",
                "/%41%20b/x?q=1+2");
    scene.request.field("x-a", "v");
    const std::pair<const char*, const char*> cases[] = {
        {"plain", "=plain"},
        {"", "="},
        {"{{x}}", "={x}"},
        {"}", "=}"},
        {"{path.customer}", "=A b"}, // J145: decoded once
        {"{header.X-A}", "=v"},
        {"{query.q}", "=1 2"},
        {"{claim.sub}", "=ada"},
        {"{claim.n}", "=1e3"},
        {"{claim.ok}", "=true"},
        {"{claim.realm.roles}", "=a,b"},
        {"{claim.[x.y].z}", "=deep"},
        {"{client.ip}", "=192.0.2.7"},
        {"{host}", "=g"},
        {"u:{claim.sub}@{host}", "=u:ada@g"},
    };
    for (const auto& [text, value] : cases) EXPECT_EQ(evaluated(scene, text), value) << text;
}

TEST(Text, IsMissingWhereAValueIs) {
    Scene scene(
        R"({"null":null,"object":{},"empty":"","list":[],"nested":[["a"]],"nulls":[null],"one":[""]})");
    scene.request.field("x-empty", "");
    for (const char* text : {"{claim.sub}", "{claim.null}", "{claim.object}", "{claim.empty}",
                             "{claim.list}", "{claim.nested}", "{claim.nulls}", "{claim.one}",
                             "{header.x-b}", "{header.x-empty}", "{query.q}", "a{claim.sub}b"})
        EXPECT_EQ(evaluated(scene, text), "missing") << text;
}

TEST(Text, IsUnfitWhereItCouldBeReadInTwoWays) {
    Scene scene(R"({"list":["a,b","c"]})", "/ada/x?q=1&q=2&e=%zz");
    scene.request.field("x-a", "1").field("x-a", "2");
    for (const char* text : {"{claim.list}", "{header.x-a}", "{query.q}", "{query.e}"})
        EXPECT_EQ(evaluated(scene, text), "unfit") << text;
}

TEST(Text, WithoutATokenClaimsAreMissing) {
    Scene scene("");
    EXPECT_EQ(evaluated(scene, "{claim.sub}"), "missing");
}

TEST(Text, UnknownTemplatesAreErrorsWithTheirPlace) {
    for (const char* text :
         {"{path.other}", "{path.}", "{user}", "{claim}", "{claim.}", "{claim.a..b}", "{header.}",
          "{query.}", "{client.port}", "{", "a{b", "{}", "{host.x}", "{Path.customer}"}) {
        config::Problems problems;
        Text::compile(text, {3, 1}, {"customer"}, "f", problems);
        ASSERT_EQ(problems.size(), 1u) << text;
        EXPECT_EQ(problems[0].at.line, 3) << text;
        EXPECT_EQ(problems[0].file, "f");
    }
}

TEST(Text, HasABoundedNumberOfParts) {
    config::Problems problems;
    std::string text;
    for (int i = 0; i < 17; ++i) text += "{host}";
    Text::compile(text, {}, {}, "f", problems);
    EXPECT_EQ(problems.size(), 1u);
}

} // namespace
} // namespace policy::rule
