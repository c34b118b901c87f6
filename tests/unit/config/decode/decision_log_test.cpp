#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

const DecisionLog& log_of(Model& model, const std::string& members) {
    model = test::model_of("decision_log: { path: d.log" + members + " }\n");
    return *model.decision_log;
}

TEST(DecisionLog, IsOffUnlessAskedFor) {
    EXPECT_FALSE(test::model_of("workers: 1\n").decision_log);
}

TEST(DecisionLog, RecordsEverythingByDefault) {
    Model model;
    const DecisionLog& log = log_of(model, "");
    EXPECT_TRUE(log.path.ends_with("d.log"));
    EXPECT_EQ(log.sample, DecisionLog::everything);
}

TEST(DecisionLog, ReadsItsSampleExactly) {
    Model model;
    EXPECT_EQ(log_of(model, ", sample: 100%").sample, 1'000'000u);
    EXPECT_EQ(log_of(model, ", sample: 2.5%").sample, 25'000u);
    EXPECT_EQ(log_of(model, ", sample: 0.0001%").sample, 1u);
}

TEST(DecisionLog, FoldsTheNamesOfHeaders) {
    Model model;
    EXPECT_EQ(log_of(model, ", headers: [X-Cohort]").headers, std::vector<std::string>{"x-cohort"});
}

TEST(DecisionLog, ThatIsWrongSaysWhere) {
    const std::string percent = "expected a percentage from 0.0001% to 100%, found ";
    const std::string hint = " (write 10%, or 0.5%)\n";
    const auto report = [](const std::string& members) {
        return test::report_of("decision_log: { " + members + " }\n");
    };
    EXPECT_EQ(report("sample: 1%"), "1:1 `decision_log` needs `path`\n");
    for (const char* text : {"101%", "0%", "1.%", "0.00001%", "10", "-1%", "1e1%"})
        EXPECT_EQ(report("path: d, sample: " + std::string(text)),
                  "1:34 " + percent + "\"" + text + "\"" + hint)
            << text;
    EXPECT_EQ(report("path: d, headers: [Cookie]"),
              "1:36 `cookie` holds credentials, which are never recorded (remove it)\n");
    EXPECT_EQ(report("path: d, queries: [access_token]"),
              "1:36 `access_token` holds credentials, which are never recorded (remove it)\n");
}

} // namespace
} // namespace config
