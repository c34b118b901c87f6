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

void adopt(Registry& registry, const config::Model& model, std::size_t workers) {
    for (std::size_t i = 0; i < workers; ++i)
        Registry::adopt(registry.worker(i), registry.tables_for(i, model));
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
    adopt(registry, model({"orders"}), 2);
    registry.worker(0).route(0).status[1].add(3);
    registry.worker(1).route(0).status[1].add(4);
    registry.worker(0).connections_open.add(2);
    registry.worker(0).connections_open.subtract();
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"orders\",class=\"2xx\"} 7"));
    EXPECT_TRUE(shows(registry, "claimgate_connections_open 1"));
}

TEST(Metrics, CumulateBucketsInSeconds) {
    Registry registry(1);
    adopt(registry, model({"orders"}), 1);
    registry.worker(0).route(0).duration.record(microseconds(200));
    registry.worker(0).route(0).duration.record(microseconds(400));
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
    adopt(registry, model({"orders"}), 1);
    const std::string line =
        "claimgate_auth_decisions_total{route=\"orders\",reason=\"token_expired\"} 1";
    EXPECT_FALSE(shows(registry, line));
    registry.worker(0)
        .route(0)
        .reasons[static_cast<std::size_t>(policy::Reason::token_expired)]
        .add();
    EXPECT_TRUE(shows(registry, line));
}

TEST(Metrics, KeepTotalsOfNamesThatStayThroughAReload) {
    Registry registry(1);
    adopt(registry, model({"a", "b"}), 1);
    registry.worker(0).route(0).status[1].add(5);
    registry.worker(0).route(1).status[1].add(6);
    adopt(registry, model({"new", "b"}), 1);
    registry.worker(0).route(1).status[1].add(1);
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"b\",class=\"2xx\"} 7"));
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"new\",class=\"2xx\"} 0"));
    EXPECT_FALSE(shows(registry, "claimgate_requests_total{route=\"a\",class=\"2xx\"} 5"));
}

TEST(Metrics, CountAnIndexOfAnotherConfigurationAsNoRoute) {
    Registry registry(1);
    adopt(registry, model({"a"}), 1);
    registry.worker(0).route(7).status[3].add();
    registry.worker(0).upstream(7).requests.add();
    EXPECT_TRUE(shows(registry, "claimgate_requests_total{route=\"(none)\",class=\"4xx\"} 1"));
    EXPECT_TRUE(shows(registry, "claimgate_upstream_requests_total{upstream=\"api\"} 0"));
}

TEST(Metrics, EscapeLabelValues) {
    Registry registry(1);
    adopt(registry, model({"a\"b\\c\nd"}), 1);
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
