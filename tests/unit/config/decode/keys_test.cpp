#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

constexpr std::string_view head =
    "issuers:\n  main:\n    issuer: https://id.example.com\n    audience: api\n";

std::string report_for(const std::string& keys, const test::Variables& variables = {}) {
    return test::report_of(std::string(head) + "    keys: " + keys + "\n", variables);
}

Issuer issuer_with(const std::string& keys, const test::Variables& variables = {}) {
    const Model model = test::model_of(std::string(head) + "    keys: " + keys + "\n", variables);
    return model.issuers.empty() ? Issuer{} : model.issuers[0];
}

TEST(Keys, MayBeDiscovered) {
    const std::string authority = test::write_file("ca.pem", "x");
    EXPECT_EQ(issuer_with("discover").keys.kind, KeySourceKind::discover);
    const KeySource keys =
        issuer_with("{ discover: true, ca: " + authority + ", allow_http: true }").keys;
    EXPECT_EQ(keys.kind, KeySourceKind::discover);
    EXPECT_EQ(keys.ca_file, authority);
    EXPECT_TRUE(keys.allow_http);
    EXPECT_EQ(keys.at, (Position{5, 5}));
}

TEST(Keys, MayComeFromAUrl) {
    const KeySource keys = issuer_with("{ jwks: https://id.example.com/keys }").keys;
    EXPECT_EQ(keys.kind, KeySourceKind::jwks);
    EXPECT_EQ(keys.url, "https://id.example.com/keys");
    EXPECT_FALSE(keys.allow_http);
    EXPECT_EQ(
        report_for("{ jwks: http://id.example.com/keys }"),
        "5:19 keys are not fetched over http:// (use https://, or for tests `allow_http: true`)\n");
    EXPECT_EQ(
        report_for("{ jwks: HTTP://id.example.com/keys }"),
        "5:19 keys are not fetched over http:// (use https://, or for tests `allow_http: true`)\n");
    EXPECT_EQ(report_for("{ jwks: http://id.example.com/keys, allow_http: true }"), "");
    EXPECT_EQ(report_for("{ jwks: keys.json }"),
              "5:19 this is no URL: it must begin with https:// or http://\n");
}

TEST(Keys, MayComeFromAFileReadAtOnce) {
    const std::string path = test::write_file("keys.json", "{\"keys\":[]}");
    const KeySource file = issuer_with("{ file: " + path + " }").keys;
    EXPECT_EQ(file.kind, KeySourceKind::file);
    EXPECT_EQ(file.path, path);
    EXPECT_EQ(file.text, "{\"keys\":[]}");
    EXPECT_EQ(issuer_with("{ pem: " + path + " }").keys.kind, KeySourceKind::pem);
    EXPECT_EQ(report_for("{ file: missing.json }"),
              "5:19 the file \"missing.json\" cannot be read: no such file\n");
    EXPECT_EQ(report_for("{ pem: / }"), "5:18 the file \"/\" cannot be read: it is a directory\n");
}

TEST(Keys, MayBeASecret) {
    const Issuer issuer = issuer_with("{ secret: \"${S}\" }", {{"S", std::string(32, 's')}});
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::secret);
    EXPECT_EQ(issuer.keys.secret.reveal(), std::string(32, 's'));
    EXPECT_EQ(issuer.algorithms, std::vector<std::string>{"HS256"});
    EXPECT_EQ(report_for("{ secret: \"01234567890123456789012345678901\" }"),
              "5:13 [literal_secret] the secret stands in the configuration file itself (write "
              "`secret: ${NAME}` or "
              "`secret: ${file:PATH}`)\n");
}

struct Row {
    std::size_t bytes;
    std::string algorithms;
    std::string problem;
};

TEST(Secret, IsAsLongAsTheHash) {
    const std::string hint = " (make one with `openssl rand -base64 64`)\n";
    const Row table[] = {
        {31, "", "5:13 this secret is shorter than the 32 bytes that HS256 needs" + hint},
        {32, "", ""},
        {47, "[HS384]", "5:13 this secret is shorter than the 48 bytes that HS384 needs" + hint},
        {48, "[HS256, HS384]", ""},
        {63, "[HS256, HS512]",
         "5:13 this secret is shorter than the 64 bytes that HS512 needs" + hint},
        {64, "[HS512]", ""},
    };
    for (const Row& row : table) {
        const std::string algorithms =
            row.algorithms.empty() ? "" : "\n    algorithms: " + row.algorithms;
        EXPECT_EQ(
            report_for("{ secret: \"${S}\" }" + algorithms, {{"S", std::string(row.bytes, 's')}}),
            row.problem)
            << row.bytes << row.algorithms;
    }
}

TEST(Secret, IsAText) {
    const std::string expected =
        "5:13 expected the secret as a text (write `secret: ${NAME}` or `secret: ${file:PATH}`)\n";
    EXPECT_EQ(report_for("{ secret: [a] }"), expected);
    EXPECT_EQ(report_for("{ secret: \"\" }"), expected);
    EXPECT_EQ(report_for("{ secret: \"${S}\" }", {{"S", ""}}), expected);
    EXPECT_EQ(report_for("{ secret: }"), expected);
}

TEST(Keys, ComeFromExactlyOneSource) {
    const std::string sources = "`discover`, `jwks`, `file`, `pem` or `secret`)\n";
    EXPECT_EQ(report_for("{}"), "5:5 `keys` names no source (name one: " + sources);
    EXPECT_EQ(report_for("{ allow_http: true }"),
              "5:5 `keys` names no source (name one: " + sources);
    EXPECT_EQ(report_for("{ discover: true, jwks: https://a }"),
              "5:5 `keys` names more than one source (keep one of " + sources);
    EXPECT_EQ(report_for("{ discover: false }"),
              "5:23 `discover: false` leaves no source of keys (name another source instead)\n");
    EXPECT_EQ(report_for("discovery"),
              "5:11 expected `discover` or a mapping, found \"discovery\" (name one source: " +
                  sources);
    EXPECT_EQ(report_for("{ secret: \"${S}\", allow_http: true }", {{"S", std::string(32, 's')}}),
              "5:29 `ca` and `allow_http` go with `discover` and `jwks` only (remove it)\n");
}

} // namespace
} // namespace config
