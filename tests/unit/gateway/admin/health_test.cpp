#include "gateway/admin/health.hpp"
#include "gateway/admin/metrics_page.hpp"
#include "policy/json.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::admin;

Facts healthy() {
    Facts facts;
    facts.workers = {{.has_begun = true}, {.has_begun = true}};
    facts.issuers = {{.issuer = "keycloak",
                      .remote = true,
                      .has_keys = true,
                      .keys = 2,
                      .age = std::chrono::seconds(7)},
                     {.issuer = "local"}};
    return facts;
}

TEST(Health, IsGoodWhenAllIsWell) {
    EXPECT_EQ(live_page(healthy()).status, 200u);
    EXPECT_EQ(startup_page(healthy()).status, 200u);
    EXPECT_EQ(ready_page(healthy(), false).status, 200u);
    EXPECT_EQ(ready_page(healthy(), false).body, "{\"status\":\"ready\"}\n");
    EXPECT_TRUE(is_ready(healthy()));
}

TEST(Health, NamesEveryReasonAgainstReadiness) {
    Facts facts = healthy();
    facts.draining = true;
    facts.workers[1].is_behind = true;
    facts.issuers[0].has_keys = false;
    const Response page = ready_page(facts, false);
    EXPECT_EQ(page.status, 503u);
    EXPECT_EQ(
        page.body,
        "{\"status\":\"not_ready\",\"reasons\":[\"draining\",\"worker 1 has not taken the newest "
        "configuration\",\"issuer keycloak has no keys\"]}\n");
}

TEST(Health, EachReasonAloneIsEnough) {
    const auto status = [](auto change) {
        Facts facts = healthy();
        change(facts);
        return ready_page(facts, false).status;
    };
    EXPECT_EQ(status([](Facts& f) { f.draining = true; }), 503u);
    EXPECT_EQ(status([](Facts& f) { f.workers[0].has_begun = false; }), 503u);
    EXPECT_EQ(status([](Facts& f) { f.workers[0].is_behind = true; }), 503u);
    EXPECT_EQ(status([](Facts& f) { f.issuers[0].has_keys = false; }), 503u);
    EXPECT_EQ(status([](Facts& f) { f.reload.last_good = false; }), 200u)
        << "the old configuration serves";
}

TEST(Health, IsNotLiveWhenAWorkerStandsStill) {
    Facts facts = healthy();
    facts.workers[1].is_stuck = true;
    EXPECT_EQ(live_page(facts).status, 503u);
    EXPECT_EQ(live_page(facts).body,
              "{\"status\":\"not_live\",\"reasons\":[\"worker 1 does not answer\"]}\n");
}

TEST(Health, IsLiveWhileDrainingAndWithoutKeys) {
    Facts facts = healthy();
    facts.draining = true;
    facts.issuers[0].has_keys = false;
    EXPECT_EQ(live_page(facts).status, 200u);
    EXPECT_EQ(startup_page(facts).status, 200u);
}

TEST(Health, HasStartedOnceEveryWorkerBegan) {
    Facts facts = healthy();
    facts.workers[0].has_begun = false;
    EXPECT_EQ(startup_page(facts).status, 503u);
    EXPECT_EQ(live_page(facts).status, 200u);
}

TEST(Health, TellsMoreWhenAsked) {
    Facts facts = healthy();
    facts.issuers[0].last_error = "TLS: \"bad\"\n";
    facts.reload.last_good = false;
    const Response page = ready_page(facts, true);
    const auto json = policy::parse_json(page.body);
    ASSERT_TRUE(json) << page.body;
    const auto issuer = json->root().find("issuers")->first();
    EXPECT_EQ(issuer->find("name")->text(), "keycloak");
    EXPECT_EQ(issuer->find("keys")->number().integer, 2);
    EXPECT_EQ(issuer->find("age_seconds")->number().integer, 7);
    EXPECT_EQ(issuer->find("last_error")->text(), "TLS: \"bad\"\n");
    EXPECT_EQ(issuer->next()->find("source")->text(), "local");
    EXPECT_EQ(json->root().find("last_reload")->text(),
              "failed: the configuration before it is in force");
}

TEST(Health, CountsKeysAndReloads) {
    Facts facts = healthy();
    facts.issuers[0].successes = 5;
    facts.issuers[0].failures = 2;
    facts.reload.last_good = false;
    facts.reload.failures = 1;
    std::string text = "\n";
    render_facts(text, facts);
    for (const char* line :
         {"claimgate_issuer_keys{issuer=\"keycloak\"} 2",
          "claimgate_issuer_keys_age_seconds{issuer=\"keycloak\"} 7",
          "claimgate_issuer_keys_refresh_total{issuer=\"keycloak\",result=\"success\"} 5",
          "claimgate_issuer_keys_refresh_total{issuer=\"keycloak\",result=\"failure\"} 2",
          "claimgate_config_reloads_total{result=\"failure\"} 1",
          "claimgate_config_last_reload_successful 0", "claimgate_ready 1"})
        EXPECT_NE(text.find("\n" + std::string(line) + "\n"), std::string::npos) << line;
    EXPECT_EQ(text.find("local"), std::string::npos) << "local keys have no age";
}

} // namespace
