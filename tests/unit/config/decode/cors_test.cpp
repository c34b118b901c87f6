#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using Names = std::vector<std::string>;

std::string file_with(const std::string& cors) {
    return "routes:\n  - path: /a\n    upstream: app\n    access: public\n    cors: " + cors + "\n";
}

std::string report_for(const std::string& cors) { return test::report_of(file_with(cors)); }

TEST(Cors, IsRead) {
    const Model model =
        test::model_of(file_with("{ origins: [https://app.example.com, \"http://localhost:3000\"], "
                                 "methods: [GET, PUT], headers: [content-type], expose: [x-total], "
                                 "credentials: true, max_age: 1h }"));
    ASSERT_TRUE(!model.routes.empty() && model.routes[0].cors);
    const Cors& cors = *model.routes[0].cors;
    EXPECT_EQ(cors.at, (Position{5, 5}));
    EXPECT_EQ(cors.origins, (Names{"https://app.example.com", "http://localhost:3000"}));
    EXPECT_EQ(cors.methods, (Names{"GET", "PUT"}));
    EXPECT_EQ(cors.headers, Names{"content-type"});
    EXPECT_EQ(cors.expose, Names{"x-total"});
    EXPECT_TRUE(cors.credentials);
    EXPECT_EQ(cors.max_age, std::chrono::hours(1));
}

TEST(Cors, WarnsOfTheWildcard) {
    EXPECT_EQ(report_for("{ origins: [\"*\"] }"),
              "5:23 [wildcard_cors] pages of every origin may read the answers (name the origins "
              "of your own pages)\n");
}

TEST(Cors, RefusesTheWildcardWithCredentials) {
    const std::string report = report_for("{ origins: [\"*\"], credentials: true }");
    EXPECT_NE(report.find(
                  "5:29 `credentials` and the origin `*` exclude each other (name the origins)\n"),
              std::string::npos)
        << report;
    EXPECT_EQ(report_for("{ origins: [https://a, \"*\"] }"),
              "5:34 `*` stands alone (keep `*` or the origins)\n");
}

struct Row {
    std::string origin;
    std::string why;
};

TEST(Origins, AreWrittenAsBrowsersSendThem) {
    const Row table[] = {
        {"app.example.com", "it must begin with https:// or http://"},
        {"https://a/", "it ends after the host and the port"},
        {"https://a?b", "it ends after the host and the port"},
        {"https://A.example", "browsers send it in lower case"},
        {"https://a:443", "browsers leave out the port that the scheme has anyway"},
        {"http://a:80", "browsers leave out the port that the scheme has anyway"},
        {"https://*.example.com", "its host or port is not valid"},
        {"null", "it must begin with https:// or http://"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_for("{ origins: [\"" + row.origin + "\"] }"),
                  "5:23 \"" + row.origin + "\" is no origin: " + row.why +
                      " (write https://app.example.com)\n");
}

TEST(Cors, SaysWhatIsWrong) {
    EXPECT_EQ(report_for("{ origins: [https://a], methods: [get, \"*\"] }"),
              "5:45 expected a method, found \"get\" (write GET)\n"
              "5:50 `*` is not a method (name each one)\n");
    EXPECT_EQ(report_for("{ credentials: true }"), "5:5 `cors` needs `origins`\n");
    EXPECT_EQ(report_for("{ origins: https://a }"),
              "5:22 expected a list of strings, found \"https://a\" (write `[https://a]`)\n");
    EXPECT_EQ(report_for("{ origins: [https://a], headers: [\"*\", \"a b\"] }"),
              "5:45 `*` cannot stand here (name each one)\n"
              "5:50 expected a name of letters, digits and `-`, found \"a b\"\n");
}

} // namespace
} // namespace config
