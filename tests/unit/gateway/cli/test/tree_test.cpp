#include "gateway/cli/test/tree.hpp"

#include <gtest/gtest.h>

namespace gateway::cli::test {
namespace {

config::Scalar text(const char* value) { return {{}, std::string(value)}; }

TEST(Tree, GrowsByPaths) {
    Tree tree;
    tree.make({"sub"}).set(text("ada"));
    tree.make({"realm_access", "roles"}).add(text("a"));
    tree.make({"realm_access", "roles"}).add(text("b"));
    tree.make({"realm_access", "roles"}).add(text("a"));
    tree.make({"https://example.com/n"}).set({{}, std::int64_t{5}});
    EXPECT_EQ(to_yaml(tree),
              "{ sub: ada, realm_access: { roles: [a, b] }, https://example.com/n: 5 }");
    ASSERT_TRUE(tree.find({"realm_access", "roles"}));
    EXPECT_EQ(tree.find({"realm_access", "roles"})->children.size(), 2u);
    EXPECT_FALSE(tree.find({"sub", "x"}));
    tree.make({"sub", "x"}).set(text("y"));
    EXPECT_EQ(to_yaml(*tree.find({"sub"})), "{ x: y }");
}

TEST(Tree, TextsAreQuotedWhereYamlWouldReadSomethingElse) {
    for (const char* plain : {"ada", "orders:read", "/a/b", "a.b@c-d_e+f", "https://x"})
        EXPECT_EQ(yaml_text(plain), plain);
    for (const char* quoted : {"", "true", "yes", "null", "5", "0x1", "-1s", "a b", "a:", "a, b",
                               "{x}", "#a", "*", "a\"b"})
        EXPECT_TRUE(yaml_text(quoted).starts_with('"')) << quoted;
    EXPECT_EQ(yaml_text("a\"b\n"), "\"a\\\"b\\u000a\"");
}

TEST(Tree, ScalarsKeepTheirTypes) {
    EXPECT_EQ(to_yaml(config::Scalar{{}, nullptr}), "null");
    EXPECT_EQ(to_yaml(config::Scalar{{}, true}), "true");
    EXPECT_EQ(to_yaml(config::Scalar{{}, std::int64_t{-5}}), "-5");
    EXPECT_EQ(to_yaml(config::Scalar{{}, 2.0}), "2.0");
    EXPECT_EQ(to_yaml(config::Scalar{{}, 0.25}), "0.25");
    EXPECT_EQ(to_yaml(text("5")), "\"5\"");
}

} // namespace
} // namespace gateway::cli::test
