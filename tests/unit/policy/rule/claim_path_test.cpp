#include "policy/rule/claim_path.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using Steps = std::vector<std::string>;

TEST(ClaimPath, ReadsItsForms) {
    const std::pair<const char*, Steps> cases[] = {
        {"sub", {"sub"}},
        {"realm_access.roles", {"realm_access", "roles"}},
        {"resource_access[my.client].roles", {"resource_access", "my.client", "roles"}},
        {"resource_access[\"my.client\"].roles", {"resource_access", "my.client", "roles"}},
        {"[kubernetes.io].serviceaccount.name", {"kubernetes.io", "serviceaccount", "name"}},
        {"a[b][c]", {"a", "b", "c"}},
        {"cognito:groups", {"cognito:groups"}},
        {"urn:zitadel:iam:org:project:roles", {"urn:zitadel:iam:org:project:roles"}},
        {"https://example.com/roles", {"https://example.com/roles"}},
        {"https://example.com/a.b[c]", {"https://example.com/a.b[c]"}},
        {"[https://example.com/x].roles", {"https://example.com/x", "roles"}},
        {"/a/b~1c/m~0n/0", {"a", "b/c", "m~n", "0"}},
        {"/", {""}},
    };
    for (const auto& [text, steps] : cases) {
        std::string error;
        const auto path = parse_claim_path(text, error);
        ASSERT_TRUE(path) << text << ": " << error;
        EXPECT_EQ(path->steps, steps) << text;
    }
}

TEST(ClaimPath, RefusesWhatNamesNothing) {
    for (const char* text : {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[\"\"]", "a[b]c", "a[b",
                             "/a~2", "/a~", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q"}) {
        std::string error;
        EXPECT_FALSE(parse_claim_path(text, error)) << text;
        EXPECT_NE(error, "") << text;
    }
}

std::string found(const char* path) {
    static const auto document =
        parse_json(R"({"a":{"b":[1,{"c":"deep"}],"x.y":2},"n":null,"https://e/r":3,"":4,"0":5})");
    std::string error;
    const auto value = find_claim(*document, *parse_claim_path(path, error));
    if (!value) return "(none)";
    return value->is(JsonType::null) ? "null" : std::string(value->text());
}

TEST(ClaimPath, FindsThroughObjectsAndPointersThroughArraysToo) {
    EXPECT_EQ(found("a[x.y]"), "2");
    EXPECT_EQ(found("/a/b/0"), "1");
    EXPECT_EQ(found("/a/b/1/c"), "deep");
    EXPECT_EQ(found("https://e/r"), "3");
    EXPECT_EQ(found("/"), "4");
    EXPECT_EQ(found("0"), "5");
    EXPECT_EQ(found("n"), "null"); // a claim that is null exists
}

TEST(ClaimPath, FindsNothingWhereAStepIsMissing) {
    for (const char* path : {"b", "a.c", "a.b.c", "a.b.0", "n.a", "/a/b/2", "/a/b/-1", "/a/b/01",
                             "/a/b/x", "/a/b/", "/a/b/99999999999999999999", "A"})
        EXPECT_EQ(found(path), "(none)") << path;
}

} // namespace
} // namespace policy::rule
