// The control thread from end to end: a real file, a real provider, and workers that only write
// down what they get.

#include "tests/component/control_fixture.hpp"

#include <fstream>
#include <stdexcept>
#include <thread>

namespace {

using component::ControlTest;
using component::RecordingWorkers;

TEST_F(ControlTest, GivesEachWorkerItsOwnSnapshotBeforeItStarts) {
    write_file();
    const auto control = make_control();
    control->start();
    ASSERT_GE(workers_.events().size(), 2u);
    EXPECT_EQ(workers_.events()[0], "publish 0");
    EXPECT_EQ(workers_.events()[1], "publish 1");
    EXPECT_NE(workers_.latest(0), workers_.latest(1));
}

TEST_F(ControlTest, PublishesKeysAsTheyComeAndIsReadyThen) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    EXPECT_TRUE(has_keys(0));
    EXPECT_TRUE(has_keys(1));
    EXPECT_NE(workers_.latest(0), workers_.latest(1));
    EXPECT_NE(get(*control, "/metrics").find("claimgate_issuer_keys{issuer=\"acme\"} 1\n"),
              std::string::npos);
    EXPECT_NE(get(*control, "/livez").find("HTTP/1.1 200"), std::string::npos);
    EXPECT_NE(get(*control, "/startupz").find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(ControlTest, IsNotReadyWithoutKeysButServes) {
    provider_.set_key_set("rubbish");
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz?verbose", "last_error");
    const std::string page = get(*control, "/readyz");
    EXPECT_NE(page.find("HTTP/1.1 503"), std::string::npos) << page;
    EXPECT_NE(page.find("issuer acme has no keys"), std::string::npos) << page;
    EXPECT_NE(get(*control, "/startupz").find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(ControlTest, KeepsTheRareDisagreementWhereAnotherIsFrequent) {
    const std::string token(32, 't');
    write_file("/orders", "127.0.0.1:0', token: '" + token);
    const auto control = make_control();
    control->start();
    const auto note = [&](const std::string& rule) {
        control->note_disagreement(
            {.what = gateway::observe::Disagreement::would_deny, .route = "orders", .rule = rule});
    };
    note("access.rare");
    for (int i = 0; i < 250; ++i) note(i % 2 == 0 ? "access.noisy" : "access.loud");
    const std::string page = send(*control, "GET", "/shadow", token);
    const auto count = [&](const std::string& text) {
        int found = 0;
        for (auto at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++found;
        return found;
    };
    EXPECT_EQ(count("\"verdict\""), 100);
    EXPECT_EQ(count("access.rare"), 1);
    EXPECT_GE(count("access.noisy"), 49);
    EXPECT_GE(count("access.loud"), 49);
}

TEST_F(ControlTest, IsNotReadyFromTheMomentItDrains) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    control->set_draining();
    EXPECT_NE(get(*control, "/readyz").find("draining"), std::string::npos);
}

TEST_F(ControlTest, AnswersAnUnknownKidWithinTheCoolDownByANewSnapshotOnly) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    const auto before = workers_.latest(0);
    const std::size_t requests = provider_.requests().size();
    control->want_keys(0, before->generation() + 1000); // of no snapshot that is in force
    control->want_keys(0, before->generation());
    workers_.wait_for_newer(0, before->generation());
    EXPECT_GT(workers_.latest(0)->issuers().at(0).next_fetch, std::chrono::system_clock::now());
    EXPECT_EQ(provider_.requests().size(), requests);
}

TEST_F(ControlTest, ReloadsAllAtOnce) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    workers_.forget_events();
    write_file("/invoices");
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_reloads_total{result=\"success\"} 1\n");
    EXPECT_EQ(workers_.events(),
              (std::vector<std::string>{"prepare /invoices", "commit", "publish 0", "publish 1"}));
    EXPECT_EQ(workers_.latest(1)->model().routes.at(0).path, "/invoices");
    EXPECT_TRUE(has_keys(1)) << "the issuer did not change, so its keys stay";
    EXPECT_NE(get(*control, "/metrics").find("claimgate_requests_total{route=\"/invoices\""),
              std::string::npos);
}

TEST_F(ControlTest, KeepsWhatItHasWhenTheFileIsBad) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    workers_.forget_events();
    for (const char* bad : {"routes: [", "unknown: 1\n", ""}) {
        std::ofstream(file_) << bad;
        control->reload();
    }
    write_file("/a/{id}/{id}");
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_reloads_total{result=\"failure\"} 4\n");
    EXPECT_TRUE(workers_.events().empty()) << workers_.events().front();
    EXPECT_NE(get(*control, "/metrics").find("claimgate_config_last_reload_successful 0\n"),
              std::string::npos);
    EXPECT_NE(get(*control, "/readyz?verbose").find("HTTP/1.1 200"), std::string::npos);
    EXPECT_NE(get(*control, "/readyz?verbose").find("\"last_reload\":\"failed"), std::string::npos);

    write_file("/better");
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_last_reload_successful 1\n");
    EXPECT_EQ(workers_.latest(0)->model().routes.at(0).path, "/better");
}

TEST_F(ControlTest, KeepsWhatItHasWhenTheWorkersRefuse) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    workers_.refuse("cannot listen");
    workers_.forget_events();
    write_file("/invoices");
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_reloads_total{result=\"failure\"} 1\n");
    EXPECT_EQ(workers_.events(), std::vector<std::string>{"prepare /invoices"});
    EXPECT_EQ(workers_.latest(0)->model().routes.at(0).path, "/orders");
}

TEST_F(ControlTest, RefusesAReloadWhoseAdminAddressIsTaken) {
    write_file();
    const auto control = make_control();
    control->start();
    wait_for(*control, "/readyz", "HTTP/1.1 200");
    workers_.forget_events();
    write_file("/orders", "127.0.0.1:" + std::to_string(provider_.port()));
    control->reload();
    wait_for(*control, "/metrics", "claimgate_config_reloads_total{result=\"failure\"} 1\n");
    EXPECT_TRUE(workers_.events().empty());
}

TEST_F(ControlTest, DoesNotStartWhenItsAdminAddressIsTaken) {
    write_file("/orders", "127.0.0.1:" + std::to_string(provider_.port()));
    const auto control = make_control();
    EXPECT_THROW(control->start(), std::runtime_error);
    EXPECT_TRUE(workers_.events().empty());
}

TEST_F(ControlTest, ServesNoAdminWhenItIsOff) {
    write_file("/orders");
    auto loaded = config::load(file_);
    loaded.model->admin.enabled = false;
    gateway::Control control(std::make_shared<config::Model>(std::move(*loaded.model)),
                             workers_.registry(), RecordingWorkers::count, workers_.port());
    control.start();
    EXPECT_EQ(control.admin_port(), 0);
    const auto first = workers_.latest(0)->generation();
    workers_.wait_for_newer(0, first); // keys are kept all the same
}

TEST_F(ControlTest, StopsWhileAFetchHangs) {
    provider_.set_hanging("/.well-known/openid-configuration", "HTTP/1.1 200 OK\r\n");
    write_file();
    const auto control = make_control();
    control->start();
    while (provider_.requests().empty()) std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    control->stop();
    control->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4))
        << "less than the fetch's deadline";
}

} // namespace
