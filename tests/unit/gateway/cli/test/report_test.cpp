#include "policy/json.hpp"
#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

constexpr const char* tests =
    "tokens: { ada: { claims: { sub: ada, scope: orders:read } } }\n"
    "tests:\n"
    "  - { name: \"<good> & right\", request: GET /health, expect: allow }\n"
    "  - name: wrong\n"
    "    request: GET /customers/bob/orders\n"
    "    token: ada\n"
    "    expect: allow\n";

TEST(Report, AFailureShowsItsPlaceWhatDiffersAndTheRuleThatDecided) {
    const Bench bench(tests);
    Paper paper;
    print_failures(bench.outcome, paper.console);
    const std::string text = paper.out.str();
    EXPECT_TRUE(text.starts_with("✗ wrong  a.test.yaml:4\n"
                                 "    verdict: expected allow, got 403 rule_denied  line 7\n"
                                 "    why, by claimgate.yaml:\n"))
        << text;
    EXPECT_NE(
        text.find("✗ claims.sub equals  wants {path.customer} = \"bob\", has \"ada\"  line 17"),
        std::string::npos)
        << text;
    EXPECT_EQ(text.find("good"), std::string::npos);
}

TEST(Report, TheSummaryCounts) {
    const Bench bench(tests);
    Paper paper;
    print_summary(bench.outcome, std::chrono::microseconds(1001), paper.console);
    EXPECT_EQ(paper.out.str(), "1 passed, 1 failed in 2 ms\n");
}

TEST(Report, CoverageShowsTheLinesThatNoTestTried) {
    const Bench bench(tests);
    Paper paper;
    print_coverage(bench.outcome.projects.front(), paper.console);
    EXPECT_EQ(paper.out.str(),
              "Coverage of claimgate.yaml: 53% (7 of 13 outcomes)\n"
              "  claimgate.yaml:10  never allowed  route own  name: own\n"
              "  claimgate.yaml:7  never true  roles  staff: { roles: [support] }\n"
              "  claimgate.yaml:15  never false  scopes  scopes: [orders:read]\n"
              "  claimgate.yaml:16  never true  any  any:\n"
              "  claimgate.yaml:17  never true  claims.sub equals  claims: { sub: "
              "\"{path.customer}\" }\n"
              "  claimgate.yaml:18  never true  policy staff  policy: staff\n");
}

TEST(Report, JsonHoldsEveryTestAndWhyOneFailed) {
    const Bench bench(tests);
    const auto document =
        policy::parse_json('{' + report_json(bench.outcome) + '}', {.bytes = 1 << 20, .depth = 64});
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_EQ(root.find("passed")->number().integer, 1);
    EXPECT_EQ(root.find("failed")->number().integer, 1);
    const auto good = root.find("tests")->first();
    EXPECT_EQ(good->find("name")->text(), "<good> & right");
    EXPECT_TRUE(good->find("passed")->boolean());
    EXPECT_FALSE(good->find("explanation"));
    const auto wrong = good->next();
    EXPECT_EQ(wrong->find("file")->text(), "a.test.yaml");
    EXPECT_EQ(wrong->find("line")->number().integer, 4);
    EXPECT_EQ(wrong->find("reason")->text(), "rule_denied");
    EXPECT_EQ(wrong->find("differences")->first()->find("expected")->text(), "allow");
    EXPECT_EQ(wrong->find("explanation")->find("reason")->text(), "rule_denied");
    const auto coverage = root.find("coverage")->first();
    EXPECT_EQ(coverage->find("percent")->number().integer, 53);
    EXPECT_EQ(coverage->find("rules")->first()->find("what")->text(), "roles");
}

TEST(Report, JUnitIsXmlWhateverTheNames) {
    const Bench bench(tests);
    const std::string xml = report_junit(bench.outcome, std::chrono::microseconds(1500));
    EXPECT_TRUE(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<testsuites name=\"claimgate test\" tests=\"2\" failures=\"1\" "
                                "time=\"0.002\">\n"
                                "  <testsuite name=\"a.test.yaml\" tests=\"2\" failures=\"1\">\n"
                                "    <testcase name=\"&lt;good&gt; &amp; right\" "))
        << xml;
    EXPECT_NE(xml.find("<failure message=\"verdict: expected allow, got 403 rule_denied\">"),
              std::string::npos);
}

} // namespace
} // namespace gateway::cli::test
