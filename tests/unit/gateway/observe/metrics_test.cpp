#include "gateway/observe/metrics.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::observe;
using std::chrono::microseconds;

config::Model model(std::initializer_list<const char*> routes) {
    config::Model model;
    for (const char* name : routes) model.routes.push_back({.name = name});
    model.upstreams.push_back({.name = "api"});
    return model;
}

/// The cells that the only worker counts in.
Registry::Tables cells(Registry& registry, const config::Model& model) {
    return registry.tables_for(0, model);
}

bool shows(const Registry& registry, const std::string& line) {
    std::string text;
    registry.render(text);
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Histogram, PutsADurationIntoTheFirstBucketThatHoldsIt) {
    Histogram histogram;
    histogram.record(microseconds(100));
    histogram.record(microseconds(101));
    histogram.record(microseconds(10'000'001));
    histogram.record(microseconds(-5));
    EXPECT_EQ(histogram.buckets[0].read(), 2u);
    EXPECT_EQ(histogram.buckets[1].read(), 1u);
    EXPECT_EQ(histogram.buckets.back().read(), 1u);
    EXPECT_EQ(histogram.sum_us.read(), 10'000'202u);
}

TEST(Metrics, AddUpWorkers) {
    Registry registry(2);
    registry.tables_for(0, model({"orders"})).routes[0]->status[1].add(3);
    registry.tables_for(1, model({"orders"})).routes[0]->status[1].add(4);
    registry.worker(0).connections_open.add(2);
    registry.worker(0).connections_open.subtract();
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"orders\",class=\"2xx\"} 7"));
    EXPECT_TRUE(shows(registry, "claimgate_connections_open 1"));
}

TEST(Metrics, CountWhatShadowModeWouldChangeByRouteAndRule) {
    Registry registry(2);
    config::Model settings = model({"orders", "open"});
    settings.routes[1].shadow = true;
    for (std::size_t worker : {0, 1}) {
        const auto tables = registry.tables_for(worker, settings, {{"access.all[0]"}, {}});
        ASSERT_TRUE(tables.shadows[0] && tables.shadows[1]);
        tables.shadows[0]->rules[0].would_deny.add();
        tables.shadows[1]->reasons[static_cast<std::size_t>(policy::Reason::token_missing)].add();
    }
    EXPECT_TRUE(shows(registry, "claimgate_shadow_disagreements_total{route=\"orders\",rule="
                                "\"access.all[0]\",verdict=\"would_deny\"} 2"));
    EXPECT_TRUE(shows(registry, "claimgate_shadow_disagreements_total{route=\"orders\",rule="
                                "\"access.all[0]\",verdict=\"would_allow\"} 0"));
    EXPECT_TRUE(shows(registry, "claimgate_shadow_route_denials_total{route=\"open\",reason="
                                "\"token_missing\"} 2"));
}

TEST(Metrics, GoOnWithTheSameShadowRulesAndBeginAnewWithOthers) {
    Registry registry(1);
    const config::Model settings = model({"orders"});
    EXPECT_FALSE(registry.tables_for(0, settings).shadows[0]);
    const auto first = registry.tables_for(0, settings, {{"a"}}).shadows[0];
    EXPECT_EQ(registry.tables_for(0, settings, {{"a"}}).shadows[0], first);
    EXPECT_NE(registry.tables_for(0, settings, {{"b"}}).shadows[0], first);
}

TEST(Metrics, CountWhereACandidateWouldDecideOtherwise) {
    Registry registry(2);
    const std::vector<CandidateRoute> routes = {{"orders", {"access.scopes"}}, {"(none)", {}}};
    for (std::size_t worker : {0, 1}) {
        const auto table = registry.tables_for(worker, model({"orders"}), {}, routes).candidate;
        ASSERT_EQ(table.size(), 2u);
        table[0]->denied_by[0].add();
        table[0]->denied[static_cast<std::size_t>(policy::Reason::token_missing)].add();
        table[1]->allowed[static_cast<std::size_t>(policy::Reason::no_route)].add();
        table[1]->others[static_cast<std::size_t>(Disagreement::other_upstream)].add();
    }
    const std::string name = "claimgate_candidate_disagreements_total{route=";
    EXPECT_TRUE(shows(registry, name + "\"orders\",rule=\"access.scopes\",verdict=\"would_deny\","
                                       "reason=\"\"} 2"));
    EXPECT_TRUE(shows(registry, name + "\"orders\",rule=\"\",verdict=\"would_deny\","
                                       "reason=\"token_missing\"} 2"));
    EXPECT_TRUE(shows(registry, name + "\"(none)\",rule=\"\",verdict=\"would_allow\","
                                       "reason=\"no_route\"} 2"));
    EXPECT_TRUE(shows(registry, name + "\"(none)\",rule=\"\",verdict=\"other_upstream\","
                                       "reason=\"\"} 2"));
}

TEST(Metrics, CountOneRouteOnceWhereACandidateHasItToo) {
    Registry registry(1);
    const std::vector<CandidateRoute> routes = {
        {"orders", {"access.scopes"}}, {"(none)", {}}, {"orders", {}}, {"old", {}}};
    for (int again = 0; again < 2; ++again) {
        const auto table = registry.tables_for(0, model({"orders"}), {}, routes).candidate;
        EXPECT_EQ(table[2], table[0]);
        EXPECT_EQ(table[0]->places.size(), 1u);
        table[0]->denied_by[0].add();
        table[3]->denied[static_cast<std::size_t>(policy::Reason::no_route)].add();
    }
    const std::string name = "claimgate_candidate_disagreements_total{route=";
    EXPECT_TRUE(shows(registry, name + "\"orders\",rule=\"access.scopes\",verdict=\"would_deny\","
                                       "reason=\"\"} 2"));
    EXPECT_TRUE(shows(registry, name + "\"old\",rule=\"\",verdict=\"would_deny\","
                                       "reason=\"no_route\"} 2"));
}

TEST(Metrics, CumulateBucketsInSeconds) {
    Registry registry(1);
    const auto counted = cells(registry, model({"orders"}));
    counted.routes[0]->duration.record(microseconds(200));
    counted.routes[0]->duration.record(microseconds(400));
    EXPECT_TRUE(shows(
        registry, "claimgate_request_duration_seconds_bucket{route=\"orders\",le=\"0.0001\"} 0"));
    EXPECT_TRUE(shows(
        registry, "claimgate_request_duration_seconds_bucket{route=\"orders\",le=\"0.00025\"} 1"));
    EXPECT_TRUE(shows(
        registry, "claimgate_request_duration_seconds_bucket{route=\"orders\",le=\"0.0005\"} 2"));
    EXPECT_TRUE(shows(registry,
                      "claimgate_request_duration_seconds_bucket{route=\"orders\",le=\"+Inf\"} 2"));
    EXPECT_TRUE(shows(registry, "claimgate_request_duration_seconds_sum{route=\"orders\"} 6e-04"));
    EXPECT_TRUE(shows(registry, "claimgate_request_duration_seconds_count{route=\"orders\"} 2"));
}

TEST(Metrics, ShowAReasonOnceItHappened) {
    Registry registry(1);
    const auto counted = cells(registry, model({"orders"}));
    const std::string line =
        "claimgate_auth_decisions_total{route=\"orders\",reason=\"token_expired\"} 1";
    EXPECT_FALSE(shows(registry, line));
    counted.routes[0]->reasons[static_cast<std::size_t>(policy::Reason::token_expired)].add();
    EXPECT_TRUE(shows(registry, line));
}

TEST(Metrics, KeepTotalsOfNamesThatStayThroughAReload) {
    Registry registry(1);
    const auto before = cells(registry, model({"a", "b"}));
    before.routes[0]->status[1].add(5);
    before.routes[1]->status[1].add(6);
    cells(registry, model({"new", "b"})).routes[1]->status[1].add(1);
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"b\",class=\"2xx\"} 7"));
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"new\",class=\"2xx\"} 0"));
    EXPECT_FALSE(shows(registry, "claimgate_requests_total{route=\"a\",class=\"2xx\"} 5"));
}

TEST(Metrics, CountRequestsThatNoRouteTook) {
    Registry registry(1);
    cells(registry, model({"a"}));
    registry.worker(0).no_route.status[3].add();
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"(none)\",class=\"4xx\"} 1"));
}

TEST(Metrics, EscapeLabelValues) {
    Registry registry(1);
    cells(registry, model({"a\"b\\c\nd"}));
    EXPECT_TRUE(
        shows(registry, "claimgate_requests_total{route=\"a\\\"b\\\\c\\nd\",class=\"1xx\"} 0"));
}

TEST(Metrics, NameTheVersionAndTheProcess) {
    const Registry registry(1);
    std::string text;
    registry.render(text);
    EXPECT_NE(text.find("claimgate_build_info{version=\""), std::string::npos);
    EXPECT_NE(text.find("\nprocess_resident_memory_bytes "), std::string::npos);
    EXPECT_NE(text.find("\nprocess_open_fds "), std::string::npos);
}

} // namespace
