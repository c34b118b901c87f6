// The keeper with a real provider on loopback and clocks that the test moves.

#include "gateway/keys/keeper.hpp"
#include "tests/component/keys_fixture.hpp"
#include "tests/component/keys_provider.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::keys;
using namespace std::chrono_literals;
using component::http_ok;
using component::key_set_one;
using component::key_set_two;
using component::Provider;

class KeeperTest : public component::FetchTest {
protected:
    KeeperTest() {
        model_.issuers.emplace_back();
        model_.issuers[0].name = "acme";
        model_.issuers[0].issuer = provider_.origin();
        model_.issuers[0].keys.allow_http = true;
        provider_.set_key_set(key_set_one);
        make_keeper();
    }

    void make_keeper() {
        const Clock clock{[this] { return steady_; }, [this] { return wall_; }};
        keeper_ = std::make_unique<Keeper>(
            io_, clock, [] { return 0.5; }, [this] { ++changes_; });
    }
    void take() { keeper_->take(model_, keeper_->sources_for(model_)); }
    void advance(std::chrono::milliseconds time) {
        steady_ += time;
        wall_ += time;
        keeper_->tick();
    }
    /// Runs the loop until so many fetches have ended, however they ended.
    void run_fetches(std::uint64_t count) {
        while (fetches() < count) {
            io_.restart();
            ASSERT_GT(io_.run_one_for(10s), 0u) << "nothing happens any more";
        }
    }
    std::uint64_t fetches() const { return status().successes + status().failures; }
    KeyStatus status() const { return keeper_->status(model_).at(0); }
    policy::KeyMaterial material() const { return keeper_->material().at(0); }
    std::size_t requests() const { return provider_.requests().size(); }

    Provider provider_;
    config::Model model_;
    Instant steady_ = Instant(100h);
    policy::TimePoint wall_ = policy::TimePoint(std::chrono::milliseconds(1'795'507'631'042));
    int changes_ = 0;
    boost::asio::io_context io_{1};
    std::unique_ptr<Keeper> keeper_;
};

TEST_F(KeeperTest, FetchesAtOnceAndTells) {
    take();
    EXPECT_FALSE(material().known);
    run_fetches(1);
    EXPECT_EQ(changes_, 1);
    EXPECT_TRUE(material().known);
    EXPECT_EQ(material().jwks, key_set_one);
    EXPECT_EQ(material().next_fetch, wall_ + 30s);
    EXPECT_EQ(status().keys, 1u);
}

TEST_F(KeeperTest, TakesANewSetWhenARefreshIsDue) {
    take();
    run_fetches(1);
    provider_.set_key_set(key_set_two);
    advance(479s);
    EXPECT_EQ(fetches(), 1u);
    advance(1s);
    run_fetches(2);
    EXPECT_EQ(changes_, 2);
    EXPECT_EQ(material().jwks, key_set_two) << "a key that left its set is gone";
}

TEST_F(KeeperTest, TellsNobodyWhenNothingChanged) {
    provider_.set_key_set(key_set_one, "ETag: \"v1\"\r\n");
    take();
    run_fetches(1);
    provider_.set("/keys", "HTTP/1.1 304 Not Modified\r\n\r\n");
    advance(10min);
    run_fetches(2);
    EXPECT_EQ(status().successes, 2u);
    EXPECT_EQ(status().age, 0ms);
    EXPECT_EQ(changes_, 1);
    EXPECT_NE(provider_.requests().back().find("If-None-Match: \"v1\""), std::string::npos);
}

TEST_F(KeeperTest, KeepsTheLastGoodSetWhateverTheProviderSays) {
    take();
    run_fetches(1);
    const std::string bad[] = {
        "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        http_ok("<html>maintenance</html>"),
        http_ok(R"({"keys":[]})"),
        http_ok(R"({"keys":{}})"),
        http_ok("[]"),
        http_ok(""),
        http_ok(key_set_two.substr(0, 40)),
        http_ok(R"({"keys":[{"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U"}]})"),
        http_ok(R"({"keys":[],"keys":[]})"),
    };
    std::uint64_t count = 1;
    for (const std::string& bytes : bad) {
        provider_.set("/keys", bytes);
        advance(10min);
        run_fetches(++count);
        EXPECT_EQ(material().jwks, key_set_one) << bytes;
        EXPECT_NE(status().last_error, "") << bytes;
    }
    EXPECT_EQ(status().failures, std::size(bad));
    EXPECT_EQ(changes_, 1);
}

TEST_F(KeeperTest, StopsBelievingASetThatIsADayOld) {
    take();
    run_fetches(1);
    provider_.set("/keys", http_ok("down"));
    advance(10min);
    run_fetches(2);
    advance(24h - 10min);
    EXPECT_FALSE(material().known);
    EXPECT_EQ(material().jwks, "");
    EXPECT_FALSE(status().has_keys);
    EXPECT_EQ(changes_, 2);
    provider_.set_key_set(key_set_one);
    run_fetches(3); // the one that was due, too
    advance(10min);
    run_fetches(4);
    EXPECT_TRUE(material().known) << "the same set, confirmed again";
    EXPECT_GT(changes_, 2);
}

TEST_F(KeeperTest, FetchesOnceForAnUnknownKid) {
    take();
    run_fetches(1);
    provider_.set_key_set(key_set_two);
    advance(30s);
    const std::size_t before = requests();
    for (int i = 0; i < 1000; ++i) keeper_->want(0);
    run_fetches(2);
    EXPECT_EQ(requests(), before + 2) << "discovery and the set";
    EXPECT_EQ(material().jwks, key_set_two);
    EXPECT_EQ(changes_, 2);
}

TEST_F(KeeperTest, TellsAtOnceThatItIsTooSoonForAnotherFetch) {
    take();
    run_fetches(1);
    advance(29s);
    const std::size_t before = requests();
    keeper_->want(0);
    EXPECT_EQ(changes_, 2);
    EXPECT_EQ(material().next_fetch, wall_ + 1s);
    EXPECT_EQ(requests(), before);
}

TEST_F(KeeperTest, TellsWhatBecameOfAWantThatFoundNothing) {
    take();
    run_fetches(1);
    advance(30s);
    keeper_->want(0);
    run_fetches(2);
    EXPECT_EQ(changes_, 2) << "the same set, but the workers must know that the kid is unknown";
    provider_.set("/keys", http_ok("down"));
    advance(30s);
    keeper_->want(0);
    run_fetches(3);
    EXPECT_EQ(changes_, 3) << "a failure is an answer, too";
    EXPECT_EQ(material().next_fetch, wall_ + 30s);
}

TEST_F(KeeperTest, HasNothingToFetchForLocalKeysOrUnknownIssuers) {
    model_.issuers[0].keys.kind = config::KeySourceKind::secret;
    take();
    keeper_->want(0);
    keeper_->want(7);
    EXPECT_EQ(changes_, 0);
    EXPECT_FALSE(status().remote);
    EXPECT_TRUE(status().has_keys);
    EXPECT_EQ(requests(), 0u);
}

TEST_F(KeeperTest, CarriesTheSetOverAReloadThatLeavesTheSourceAlone) {
    take();
    run_fetches(1);
    model_.issuers[0].audiences = {"changed"};
    model_.issuers.insert(model_.issuers.begin(), model_.issuers[0]);
    model_.issuers[0].name = "second";
    const Sources next = keeper_->sources_for(model_);
    const auto material = keeper_->material(next);
    EXPECT_FALSE(material[0].known);
    EXPECT_EQ(material[1].jwks, key_set_one);
    EXPECT_EQ(keeper_->material().size(), 1u) << "nothing is taken yet";
}

TEST_F(KeeperTest, DropsTheSetOfASourceThatChanged) {
    take();
    run_fetches(1);
    for (auto change : {+[](config::Issuer& i) { i.issuer += "/"; },
                        +[](config::Issuer& i) { i.keys.ca_file = "x"; },
                        +[](config::Issuer& i) { i.keys.allow_http = false; },
                        +[](config::Issuer& i) {
                            i.keys.kind = config::KeySourceKind::jwks;
                            i.keys.url = "https://other.example/keys";
                        }}) {
        config::Model next = model_;
        change(next.issuers[0]);
        EXPECT_FALSE(keeper_->material(keeper_->sources_for(next))[0].known);
    }
}

TEST_F(KeeperTest, ForgetsAFlightWhoseSourceAReloadRemoved) {
    take();
    const config::Model empty;
    keeper_->take(empty, keeper_->sources_for(empty));
    io_.restart();
    io_.run();
    EXPECT_EQ(changes_, 0);
    EXPECT_TRUE(keeper_->material().empty());
}

TEST_F(KeeperTest, StartsWithTheStoredSetWhileTheProviderIsDown) {
    model_.key_cache = directory_ / "keys";
    take();
    run_fetches(1);
    provider_.set("/keys", http_ok("down"));
    steady_ = Instant(1h); // another process, after a reboot
    wall_ += 23h;
    changes_ = 0;
    make_keeper();
    take();
    EXPECT_TRUE(material().known);
    EXPECT_EQ(material().jwks, key_set_one);
    run_fetches(1);
    EXPECT_EQ(status().failures, 1u);
    EXPECT_TRUE(material().known);
    advance(1h);
    EXPECT_FALSE(material().known) << "its day is counted from the fetch, not from the start";
}

TEST_F(KeeperTest, DoesNotStartWithAStoredSetThatIsTooOldOrFromTheFuture) {
    model_.key_cache = directory_ / "keys";
    take();
    run_fetches(1);
    for (const auto jump : {24h, -48h}) {
        wall_ += jump;
        make_keeper();
        EXPECT_FALSE(keeper_->material(keeper_->sources_for(model_))[0].known);
    }
}

} // namespace
