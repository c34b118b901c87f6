#include "config/files.hpp"
#include "config/schema.hpp"
#include "config/suite/suite.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config::suite {
namespace {

using config::test::report;

std::string report_of(std::string_view yaml) {
    return report(load_text(yaml, "a.test.yaml").problems);
}

TEST(Suite, HoldsWhatTheFileSays) {
    const std::string config = config::test::write_file("suite.yaml", "x");
    const Loaded loaded = load_text("config: " + config +
                                        "\n"
                                        "at: 2026-05-01T00:00:00Z\n"
                                        "variables: { SECRET: s3 }\n"
                                        "request: { host: api.example.com }\n"
                                        "tokens: { ada: { claims: { sub: ada } } }\n"
                                        "tests:\n"
                                        "  - name: reads\n"
                                        "    request: GET /orders?page=1\n"
                                        "    token: ada\n"
                                        "    at: +1h\n"
                                        "    expect: allow\n",
                                    "a.test.yaml");
    ASSERT_TRUE(loaded.suite) << report(loaded.problems);
    const Suite& suite = *loaded.suite;
    EXPECT_EQ(suite.file, "a.test.yaml");
    EXPECT_EQ(suite.config.text, config);
    EXPECT_EQ(suite.time.text, "2026-05-01T00:00:00Z");
    ASSERT_EQ(suite.variables.size(), 1u);
    EXPECT_EQ(suite.variables[0].second, "s3");
    ASSERT_EQ(suite.tests.size(), 1u);
    const suite::Test& test = suite.tests[0];
    EXPECT_EQ(test.at, (Position{7, 5}));
    EXPECT_EQ(test.name, "reads");
    EXPECT_EQ(test.request.path, "/orders?page=1");
    EXPECT_EQ(test.request.host, "api.example.com");
    EXPECT_EQ(test.time.text, "+1h");
    ASSERT_TRUE(test.token);
    EXPECT_EQ(test.token->name, "ada");
    EXPECT_EQ(test.expect.verdict, Verdict::allow);
}

TEST(Suite, ATestWithoutANameIsNamedByWhatItAsks) {
    const Loaded loaded = load_text("tokens: { ada: {} }\n"
                                    "tests:\n"
                                    "  - { request: GET /a, expect: deny }\n"
                                    "  - { request: { path: /b }, token: ada, expect: 200 }\n"
                                    "  - { request: GET /c, token: { issuer: x }, expect: 200 }\n",
                                    "a.test.yaml");
    ASSERT_TRUE(loaded.suite) << report(loaded.problems);
    EXPECT_EQ(loaded.suite->tests[0].name, "GET /a");
    EXPECT_EQ(loaded.suite->tests[1].name, "GET /b as ada");
    EXPECT_EQ(loaded.suite->tests[2].name, "GET /c with a token");
}

TEST(Suite, EveryErrorIsReportedInTheOrderOfTheFile) {
    EXPECT_EQ(report_of("confg: x\n"
                        "tokens: { none: {} }\n"
                        "tests:\n"
                        "  - { request: GET /, expct: allow }\n"
                        "  - 1\n"),
              "1:1 unknown key `confg` in a file of tests (did you mean `config`?)\n"
              "2:11 `none` means that no token is sent (use another name)\n"
              "4:23 unknown key `expct` in a test (did you mean `expect`?)\n"
              "5:5 expected a mapping for a test, found \"1\"\n");
}

TEST(Suite, AnErrorOfTheCommonRequestIsReportedOnce) {
    EXPECT_EQ(report_of("request: { hst: a }\n"
                        "tests:\n"
                        "  - { request: GET /a, expect: allow }\n"
                        "  - { request: GET /b, expect: allow }\n"),
              "1:12 unknown key `hst` in a request (did you mean `host`?)\n");
}

TEST(Suite, AFileThatIsNotThereIsAnError) {
    const Loaded loaded = load("/nowhere/a.test.yaml");
    EXPECT_FALSE(loaded.suite);
    EXPECT_EQ(report(loaded.problems), "0:0 this file cannot be read: no such file\n");
}

TEST(Suite, ItsSchemaIsTheOneThatIsShipped) {
    const FileText shipped =
        read_file(CLAIMGATE_SOURCE_DIR "/config/suite/schema.json", std::size_t{1} << 20);
    ASSERT_TRUE(shipped.text) << shipped.error;
    EXPECT_TRUE(*shipped.text == suite_schema())
        << "write it anew: claimgate schema --tests > config/suite/schema.json";
}

} // namespace
} // namespace config::suite
