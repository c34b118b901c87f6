#include "tests/unit/config/suite/support.hpp"

namespace config::suite {
namespace {

using test::text_of;

Loaded with_tokens(const std::string& tokens, const std::string& token = "none") {
    return load_text("tokens:\n" + tokens +
                         "tests:\n  - { request: GET /, expect: 401, token: " + token + " }\n",
                     "a.test.yaml");
}

Token token_of(const std::string& tokens, const std::string& token) {
    const Loaded loaded = with_tokens(tokens, token);
    EXPECT_TRUE(loaded.suite) << config::test::report(loaded.problems);
    if (!loaded.suite || !loaded.suite->tests.front().token) return {};
    return *loaded.suite->tests.front().token;
}

std::string report_of(const std::string& tokens, const std::string& token = "none") {
    return config::test::report(with_tokens(tokens, token).problems);
}

TEST(SuiteToken, ClaimsKeepTheirTypes) {
    const Token token = token_of(
        "  t: { claims: { s: a, q: \"5\", i: 5, d: 1.5, b: true, n: null, l: [a, 1, null], o: { x: "
        "[{ y: \"\\\"\" }] } } }\n",
        "t");
    EXPECT_EQ(text_of(token.claims), R"(s="a" q="5" i=5 d=1.5 b=true n l=["a",1,null] )"
                                     R"(o={"x":[{"y":"\""}]})");
}

TEST(SuiteToken, TakesOverWhatItDoesNotSayItself) {
    const std::string tokens =
        "  admin: { like: ada, claims: { role: admin, sub: null } }\n"
        "  ada: { issuer: a, claims: { sub: ada, x: 1 }, header: { typ: t } }\n";
    const Token admin = token_of(tokens, "admin");
    EXPECT_EQ(admin.name, "admin");
    EXPECT_EQ(admin.issuer.text, "a");
    EXPECT_EQ(text_of(admin.claims), R"(sub x=1 role="admin")");
    EXPECT_EQ(text_of(admin.header), R"(typ="t")");
    const Token changed =
        token_of(tokens, "{ like: admin, claims: { x: 2 }, issuer: b, signature: wrong }");
    EXPECT_EQ(text_of(changed.claims), R"(sub x=2 role="admin")");
    EXPECT_EQ(changed.issuer.text, "b");
    EXPECT_TRUE(changed.forged);
    EXPECT_FALSE(admin.forged);
}

TEST(SuiteToken, NoneIsNoToken) {
    EXPECT_FALSE(with_tokens("  ada: {}\n", "none").suite->tests.front().token);
}

TEST(SuiteToken, CanBeWholeInTheFileOrBesideIt) {
    const std::string path = config::test::write_file("token.jwt", "\n a.b.c \n");
    EXPECT_EQ(token_of("  t: { file: " + path + " }\n", "t").raw.text, "a.b.c");
    EXPECT_EQ(token_of("  t: { raw: x.y.z }\n", "t").raw.text, "x.y.z");
    EXPECT_EQ(token_of("  t: {}\n", "{ raw: x.y.z }").raw.text, "x.y.z");
}

TEST(SuiteToken, WhatIsWrongIsSaidWithItsPlace) {
    EXPECT_EQ(report_of("  ada: {}\n", "adda"),
              "4:43 there is no token `adda` (did you mean `ada`?)\n");
    EXPECT_EQ(report_of("  a: { like: b }\n  b: { like: a }\n"),
              "3:14 this token is like itself\n");
    EXPECT_EQ(report_of("  a: { like: c }\n"), "2:14 there is no token `c` (did you mean `a`?)\n");
    EXPECT_EQ(report_of("  a: { raw: x.y.z, claims: { sub: a } }\n"),
              "2:3 a whole token stands alone: nothing can be changed in it (keep `raw` or `file`, "
              "or say what its claims are)\n");
    EXPECT_EQ(report_of("  a: { raw: x.y.z }\n  b: { like: a, claims: { sub: a } }\n"),
              "3:14 nothing can be changed in a whole token\n");
    EXPECT_EQ(report_of("  a: { header: { kid: x } }\n"),
              "2:18 `alg` and `kid` follow from the key that signs (give the whole token with "
              "`raw` or `file`)\n");
    EXPECT_EQ(report_of("  a: { claims: { flag: yes, code: 010 } }\n"),
              "2:24 \"yes\" may be a text or a boolean (write true, or quote it)\n"
              "2:35 \"010\" may be a text or a number (write a plain decimal number, or quote "
              "it)\n");
    EXPECT_EQ(report_of("  a: { claims: { x: } }\n"),
              "2:18 expected a value, found nothing (write null if you mean it)\n");
}

} // namespace
} // namespace config::suite
