#include "gateway/observe/decision_log.hpp"
#include "gateway/observe/log_ring.hpp"
#include "policy/token/claims.hpp"
#include "tests/support/rules.hpp"
#include "tests/support/vectors.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace gateway::observe;
using config::EntryKind;
using config::Operator;
using support::match;
using support::matches;
using support::scalar;

constexpr policy::token::SipHashKey test_digest_key{1, 2};

/// A gateway with one route whose rule and templates look at a bit of everything.
class DecisionLog : public ::testing::Test {
protected:
    DecisionLog() {
        model_ = support::make_model();
        model_.routes = {support::make_route("/orders/{customer}")};
        model_.decision_log.emplace().path = "decisions.log";
    }

    void look_at(std::vector<config::Match> claims, std::vector<config::Match> request = {}) {
        std::vector<config::Entry> entries;
        if (!claims.empty()) entries.push_back(matches(EntryKind::claims, std::move(claims)));
        if (!request.empty()) entries.push_back(matches(EntryKind::request, std::move(request)));
        model_.routes[0].access = config::Access::rule;
        model_.routes[0].rule = support::rule(std::move(entries));
    }

    std::string line(const std::string& claims, support::Request request = support::Request("/"),
                     std::string query = {}) {
        snapshot_ = support::compile(model_);
        policy::token::Proof proof;
        proof.claims = *policy::token::parse_claims(claims, {.bytes = 64 * 1024});
        proof.issuer_name = "a";
        proof.token = "eyJhbGciOiJFUzI1NiJ9.secret.signature";
        DecisionRecord record;
        record.at = support::test_now;
        record.request_id = "0198";
        record.client = "192.0.2.7";
        record.method = "GET";
        record.host = "api.example.com";
        record.path = "/orders/7";
        record.query = query;
        record.route = "orders";
        record.token = TokenState::proven;
        record.proof = &proof;
        record.fields = &request.head().fields;
        record.interest = snapshot_->interest(*snapshot_->routes().routes()[0]);
        DecisionLine line(test_digest_key);
        return std::string(line.json(record));
    }

    /// What the line has under `name`, as JSON text.
    std::string part(const std::string& text, std::string_view name) {
        const auto document = support::to_json(text);
        const auto value = document.root().find(name);
        return value ? support::to_text(*value) : "(missing)";
    }
    std::string claims(const std::string& json) { return part(line(json), "claims"); }

    config::Model model_;
    std::shared_ptr<policy::Snapshot> snapshot_;
};

std::string digest(std::string_view text) {
    char out[20];
    std::snprintf(out, sizeof out, "\"~%016lx\"",
                  static_cast<unsigned long>(policy::token::siphash(test_digest_key, text)));
    return out;
}

TEST_F(DecisionLog, SaysWhatWasDecided) {
    EXPECT_EQ(line(R"({"iss":"https://a.example"})"),
              R"({"v":1,"ts":"2023-11-14T22:13:20.000Z","request_id":"0198","client":"192.0.2.7",)"
              R"("tls":false,"method":"GET","host":"api.example.com","path":"/orders/7",)"
              R"("route":"orders","reason":"allowed","token":"proven","issuer":"a",)"
              R"("claims":{"iss":"https://a.example"},)"
              R"("absent":["/roles","/realm_access","/groups"]})"
              "\n");
}

TEST_F(DecisionLog, RecordsTheVocabularyOfAuthorizationAsItIs) {
    const std::string told =
        R"({"acr":"gold","aud":["x","y"],"auth_time":1.5,"azp":"app","exp":9,"iat":8,"iss":"i",)"
        R"("nbf":7,"scope":"a b","roles":["r"],"realm_access":{"roles":["s"]},"groups":["g"]})";
    EXPECT_EQ(claims(told), told);
}

TEST_F(DecisionLog, LeavesOutWhatNoRuleLooksAt) {
    EXPECT_EQ(claims(R"({"iss":"i","sub":"ada","email":"a@b","n":1,"realm_access":{"x":"y"}})"),
              R"({"iss":"i","realm_access":{}})");
}

TEST_F(DecisionLog, DigestsTextsThatRulesLookAt) {
    look_at({match("sub", Operator::equals, {scalar("ada")}),
             match("org.tenant", Operator::equals, {scalar("acme")}),
             match("tags", Operator::contains, {scalar("x")})});
    EXPECT_EQ(claims(R"({"sub":"ada","org":{"tenant":"acme","secret":"s"},"tags":["x",1,true]})"),
              R"({"sub":)" + digest("ada") + R"(,"org":{"tenant":)" + digest("acme") +
                  R"(},"tags":[)" + digest("x") + ",1,true]}");
}

TEST_F(DecisionLog, RecordsNumbersBooleansAndNullAsTheyAre) {
    look_at({match("level", Operator::at_least, {scalar(3)}),
             match("staff", Operator::equals, {scalar(true)}),
             match("none", Operator::equals, {scalar(nullptr)})});
    EXPECT_EQ(claims(R"({"level":4,"staff":false,"none":null})"),
              R"({"level":4,"staff":false,"none":null})");
}

TEST_F(DecisionLog, RecordsListedClaimsAsTheyAreLookedAtOrNot) {
    model_.decision_log->claims = {"tenant", "org.name"};
    EXPECT_EQ(claims(R"({"tenant":"acme","org":{"name":"n","other":"o"},"sub":"ada"})"),
              R"({"tenant":"acme","org":{"name":"n"}})");
}

TEST_F(DecisionLog, RecordsOfARequiredClaimOnlyWhatTheConfigurationSaysItself) {
    model_.issuers[0].required_claims = {{.name = "token_use", .values = {"access"}}};
    EXPECT_EQ(claims(R"({"token_use":"access"})"), R"({"token_use":"access"})");
    EXPECT_EQ(claims(R"({"token_use":"ada@b.example"})"),
              R"({"token_use":)" + digest("ada@b.example") + "}");
}

TEST_F(DecisionLog, SaysWhichLookedAtClaimsWereNotThere) {
    look_at({match("org.tenant", Operator::exists, {scalar(true)}),
             match("/a~1b/c", Operator::exists, {scalar(true)})});
    EXPECT_EQ(part(line(R"({"org":{},"a/b":{}})"), "absent"),
              R"(["/roles","/realm_access","/groups","/org/tenant","/a~1b/c"])");
}

TEST_F(DecisionLog, RecordsWhatTemplatesLookAt) {
    model_.routes[0].forward.headers = {{{}, "x-tenant", "{claim.tenant}-{header.x-in}-{query.q}"}};
    const std::string text = line(R"({"tenant":"acme"})",
                                  std::move(support::Request("/").field("x-in", "secret")), "?q=s");
    EXPECT_EQ(part(text, "claims"), R"({"tenant":)" + digest("acme") + "}");
    EXPECT_EQ(part(text, "headers"), R"({"x-in":)" + digest("secret") + "}");
    EXPECT_EQ(part(text, "queries"), R"({"q":)" + digest("s") + "}");
}

TEST_F(DecisionLog, TellsMissingFromUnreadableAndListedFromDigested) {
    look_at({}, {match("header.a", Operator::exists, {scalar(true)}),
                 match("header.b", Operator::exists, {scalar(true)}),
                 match("query.c", Operator::exists, {scalar(true)})});
    model_.decision_log->headers = {"d"};
    model_.decision_log->queries = {"e"};
    const std::string text = line(
        "{}", std::move(support::Request("/").field("b", "1").field("b", "2").field("d", "clear")),
        "?c=%zz&e=a+b");
    EXPECT_EQ(part(text, "headers"), R"({"a":null,"b":[],"d":"clear"})");
    EXPECT_EQ(part(text, "queries"), R"({"c":[],"e":"a b"})");
}

TEST_F(DecisionLog, HoldsNoCredentialsEvenWhereARuleLooksAtThem) {
    look_at({}, {match("header.authorization", Operator::exists, {scalar(true)}),
                 match("header.cookie", Operator::exists, {scalar(true)}),
                 match("query.access_token", Operator::exists, {scalar(true)})});
    const std::string text =
        line("{}", std::move(support::Request("/").bearer("a.b.c").field("cookie", "c=1")),
             "?access_token=x");
    EXPECT_EQ(part(text, "headers"), R"({"authorization":"~","cookie":"~"})");
    EXPECT_EQ(part(text, "queries"), R"({"access_token":"~"})");
}

// Whatever a rule looks at and whatever is sent: no part of a token, no text that nobody listed.
TEST_F(DecisionLog, NeverHoldsATokenOrAnUnlistedText) {
    std::mt19937 random(7);
    const auto word = [&] {
        std::string text = "q";
        for (int i = 0; i < 24; ++i) text += static_cast<char>('A' + random() % 26);
        return text;
    };
    look_at({match("sub", Operator::equals, {scalar("x")}),
             match("nested", Operator::exists, {scalar(true)})},
            {match("header.authorization", Operator::exists, {scalar(true)}),
             match("header.x-a", Operator::exists, {scalar(true)})});
    for (int i = 0; i < 200; ++i) {
        const std::string sub = word(), deep = word(), other = word(), header = word();
        const std::string token = word() + "." + word() + "." + word();
        const std::string text = line(
            R"({"scope":"read","sub":")" + sub + R"(","nested":{"a":[{"b":")" + deep +
                R"("}]},"email":")" + other + R"("})",
            std::move(support::Request("/").bearer(token).field("x-a", header)), "?q=" + other);
        for (const std::string& secret : {sub, deep, other, header, token.substr(0, 25)})
            EXPECT_EQ(text.find(secret), std::string::npos) << text;
        EXPECT_NE(text.find(R"("scope":"read")"), std::string::npos);
    }
}

TEST_F(DecisionLog, DigestsDependOnTheKeyAlone) {
    look_at({match("sub", Operator::equals, {scalar("x")})});
    EXPECT_EQ(line(R"({"sub":"ada"})"), line(R"({"sub":"ada"})"));
    EXPECT_NE(claims(R"({"sub":"ada"})"), claims(R"({"sub":"eve"})"));
}

TEST(DecisionLogger, IsOffWithoutARingAndSaysWhenALineIsDropped) {
    EXPECT_FALSE(DecisionLogger(nullptr, {}).is_on());
    DecisionLogger logger(std::make_shared<LogRing>(64), {});
    ASSERT_TRUE(logger.is_on());
    EXPECT_FALSE(logger.write({}));
}

} // namespace
