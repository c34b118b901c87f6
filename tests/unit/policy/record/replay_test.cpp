#include "policy/record/replay.hpp"
#include "tests/support/rules.hpp"
#include "tests/support/vectors.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::record {
namespace {

using config::EntryKind;
using config::Operator;
using support::entry;
using support::group;
using support::match;
using support::matches;
using support::rule;
using support::scalar;

/// One decision on `/x`, whose rule is the test's, made again.
class ReplayTest : public ::testing::Test {
protected:
    ReplayTest() {
        model_ = support::make_model();
        model_.routes = {support::make_route("/x")};
        recorded_.at = support::test_now;
        recorded_.client = "192.0.2.7";
        recorded_.method = "GET";
        recorded_.host = "g";
        recorded_.path = "/x";
        recorded_.route = "/x";
        recorded_.token = TokenState::proven;
    }

    void record(const std::string& claims, const std::string& rest = "") {
        recorded_.document = support::to_json(
            R"({"claims":{"iss":"https://a.example","aud":"api://gw","exp":1700000300)" +
            (claims.empty() ? "" : "," + claims) + "}" + (rest.empty() ? "" : "," + rest) + "}");
        const auto root = recorded_.document.root();
        recorded_.claims = root.find("claims");
        recorded_.absent = root.find("absent");
        recorded_.headers = root.find("headers");
        recorded_.queries = root.find("queries");
    }
    void require(config::Rule rule) {
        model_.routes[0].access = config::Access::rule;
        model_.routes[0].rule = std::move(rule);
    }
    static config::Rule sub_is(const char* value) {
        return rule(
            {matches(EntryKind::claims, {match("sub", Operator::equals, {scalar(value)})})});
    }
    Replayed decide() {
        config::Problems problems;
        rehearsal_ = Rehearsal::make(model_, problems);
        EXPECT_TRUE(rehearsal_) << support::text_of(problems);
        return Replay(*rehearsal_).decide(recorded_);
    }

    config::Model model_;
    Recorded recorded_;
    std::unique_ptr<Rehearsal> rehearsal_;
};

TEST_F(ReplayTest, TheSameRuleDecidesTheSame) {
    record(R"("sub":"ada")");
    require(sub_is("ada"));
    EXPECT_EQ(decide().change, Change::same);
}

TEST_F(ReplayTest, NamesTheRuleThatWouldDeny) {
    record(R"("scope":"read")");
    require(rule({group(EntryKind::all, {rule({entry(EntryKind::scopes, {"write"})})})}));
    const Replayed replayed = decide();
    EXPECT_EQ(replayed.change, Change::would_deny);
    EXPECT_EQ(replayed.reason, Reason::insufficient_scope);
    EXPECT_EQ(replayed.place, "access.all[0].scopes");
}

TEST_F(ReplayTest, SeesWhatWouldBeAllowedNow) {
    record("");
    recorded_.reason = Reason::rule_denied;
    EXPECT_EQ(decide().change, Change::would_allow);
}

TEST_F(ReplayTest, IsMadeAtTheRecordedTime) {
    record("");
    recorded_.at = support::test_now + std::chrono::hours(1);
    EXPECT_EQ(decide().reason, Reason::token_expired);
}

TEST_F(ReplayTest, NeverGuessesARedactedText) {
    record(R"("sub":"~0123456789abcdef")");
    for (const bool inverted : {false, true}) {
        require(inverted ? rule({group(EntryKind::none, {sub_is("ada")})}) : sub_is("ada"));
        for (const Reason before : {Reason::allowed, Reason::rule_denied}) {
            recorded_.reason = before;
            const Replayed replayed = decide();
            EXPECT_EQ(replayed.change, Change::unknown);
            EXPECT_EQ(replayed.missing, std::vector<std::string>{"claims: sub"});
        }
    }
}

TEST_F(ReplayTest, KnowsThatARedactedTextIsThere) {
    record(R"("sub":"~0123456789abcdef")");
    require(rule({matches(EntryKind::claims, {match("sub", Operator::exists, {scalar(true)})})}));
    EXPECT_EQ(decide().change, Change::same);
}

TEST_F(ReplayTest, IsSureWhereTheAnswerDoesNotHangOnIt) {
    record(R"("sub":"~0123456789abcdef","roles":["x"])", R"("absent":["/realm_access"])");
    require(rule({group(EntryKind::any, {sub_is("ada"), rule({entry(EntryKind::roles, {"x"})})})}));
    EXPECT_EQ(decide().change, Change::same);
    require(rule({group(EntryKind::all, {sub_is("ada"), rule({entry(EntryKind::roles, {"y"})})})}));
    EXPECT_EQ(decide().change, Change::would_deny);
}

TEST_F(ReplayTest, TellsAbsentFromNotRecorded) {
    const auto wants = [&](const char* path) {
        require(rule({matches(EntryKind::claims, {match(path, Operator::equals, {scalar("x")})})}));
        return decide().change;
    };
    record(R"("org":{"id":1})", R"("absent":["/tenant","/org/name"])");
    recorded_.reason = Reason::rule_denied;
    EXPECT_EQ(wants("tenant"), Change::same);
    EXPECT_EQ(wants("tenant.id"), Change::same);
    EXPECT_EQ(wants("org.name"), Change::same);
    EXPECT_EQ(wants("azp"), Change::same) << "every record has it where the token has";
    EXPECT_EQ(wants("org.id.x"), Change::same) << "nothing is inside of a number";
    EXPECT_EQ(wants("org.other"), Change::unknown);
    EXPECT_EQ(wants("email"), Change::unknown);
}

TEST_F(ReplayTest, NeedsTheHeadersAndQueriesThatRulesLookAt) {
    const auto wants = [&](const char* part) {
        require(
            rule({matches(EntryKind::request, {match(part, Operator::equals, {scalar("x")})})}));
        return decide();
    };
    record("", R"("headers":{"a":"x","b":null,"c":[]},"queries":{"q":"x","r":"~0"})");
    EXPECT_EQ(wants("header.a").change, Change::same);
    EXPECT_EQ(wants("header.b").change, Change::would_deny);
    EXPECT_EQ(wants("header.c").change, Change::would_deny);
    EXPECT_EQ(wants("query.q").change, Change::same);
    EXPECT_EQ(wants("query.r").missing, std::vector<std::string>{"queries: r"});
    EXPECT_EQ(wants("header.d").missing, std::vector<std::string>{"headers: d"});
}

TEST_F(ReplayTest, NeedsWhatTemplatesLookAt) {
    record(R"("sub":"ada")", R"("absent":["/x"])");
    require(sub_is("{claim.owner}"));
    EXPECT_EQ(decide().missing, std::vector<std::string>{"claims: owner"});
}

TEST_F(ReplayTest, RepeatsWhatBecameOfTokensThatWereNotBelieved) {
    record("");
    recorded_.token = TokenState::refused;
    for (const Reason reason :
         {Reason::bad_signature, Reason::unknown_key, Reason::token_malformed,
          Reason::bad_credentials, Reason::several_tokens, Reason::unknown_issuer}) {
        recorded_.reason = reason;
        const Replayed replayed = decide();
        EXPECT_EQ(replayed.change, Change::same);
        EXPECT_EQ(replayed.reason, reason);
    }
    recorded_.token = TokenState::none;
    recorded_.reason = Reason::token_missing;
    EXPECT_EQ(decide().change, Change::same);
    model_.routes[0].access = config::Access::everyone;
    EXPECT_EQ(decide().change, Change::would_allow);
}

TEST_F(ReplayTest, AnIssuerThatIsGoneIsAChange) {
    record("");
    model_.issuers.erase(model_.issuers.begin());
    EXPECT_EQ(decide().reason, Reason::unknown_issuer);
}

TEST_F(ReplayTest, DoesNotKnowOfATokenThatNothingLookedFor) {
    recorded_.token = TokenState::unseen;
    EXPECT_EQ(decide().change, Change::unknown);
    model_.routes[0].access = config::Access::everyone;
    EXPECT_EQ(decide().change, Change::same);
}

TEST_F(ReplayTest, SkipsWhatWasNoDecisionAboutAccess) {
    record("");
    recorded_.token = TokenState::refused;
    recorded_.reason = Reason::keys_unavailable;
    EXPECT_EQ(decide().change, Change::skipped);
}

TEST_F(ReplayTest, SeesRoutesThatComeAndGo) {
    record("");
    recorded_.reason = Reason::no_route;
    recorded_.token = TokenState::unseen;
    recorded_.path = "/y";
    EXPECT_EQ(decide().change, Change::same);
    recorded_.reason = Reason::allowed;
    recorded_.token = TokenState::proven;
    EXPECT_EQ(decide().reason, Reason::no_route);
}

} // namespace
} // namespace policy::record
