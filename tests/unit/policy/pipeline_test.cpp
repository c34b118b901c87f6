#include "policy/pipeline.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

using support::make_model;
using support::make_route;
using support::Request;
using support::token_of;
using support::World;

config::Model guarded() {
    config::Model model = make_model();
    model.routes = {make_route("/own/**"), make_route("/open"), make_route("/maybe")};
    model.routes[0].forward.headers = {{{}, "X-Customer", "{claim.sub}"}};
    model.routes[1].access = config::Access::everyone;
    model.routes[2].access = config::Access::optional;
    return model;
}

// The order is security: each position has its reason, and a change here needs a new one.
TEST(Pipeline, StagesStandInTheirOrder) {
    std::vector<std::string_view> names;
    for (const StageName& stage : stage_names()) {
        names.push_back(stage.name);
        EXPECT_FALSE(stage.why.empty()) << stage.name;
    }
    EXPECT_EQ(names, (std::vector<std::string_view>{"target", "route", "strip", "token", "verify",
                                                    "validate", "decide", "headers"}));
}

TEST(Pipeline, AValidTokenIsAdmittedWithItsProof) {
    World world(guarded());
    Request request("/own/../own/x?y=1");
    request.bearer(token_of('a'));
    ASSERT_EQ(world.ask(request), Reason::allowed);
    EXPECT_EQ(world.admitted().path(), "/own/x");
    EXPECT_EQ(world.admitted().query(), "?y=1");
    EXPECT_EQ(world.admitted().authority(), "g");
    EXPECT_EQ(world.admitted().client_text(), "192.0.2.7");
    EXPECT_EQ(world.admitted().proof()->claims.subject, "ada");
    EXPECT_FALSE(world.admitted().proof_cached());
    EXPECT_EQ(world.admitted().route().settings->path, "/own/**");
    EXPECT_EQ(support::added(world.admitted(), "x-customer"), "ada");
}

TEST(Pipeline, EachStageCanSayNo) {
    World world(guarded());
    EXPECT_EQ(world.ask(Request("/own/%2e%2e/x")), Reason::bad_target);
    EXPECT_EQ(world.ask(Request("/" + std::string(9000, 'a'))), Reason::target_too_long);
    EXPECT_EQ(world.ask(Request("/else")), Reason::no_route);
    EXPECT_EQ(world.ask(Request("/own/x", "PURGE")), Reason::method_not_allowed);
    EXPECT_EQ(world.ask(Request("/own/x")), Reason::token_missing);
    EXPECT_EQ(world.ask(Request("/own/x").field("authorization", "Bearer a,b")),
              Reason::bad_credentials);
    EXPECT_EQ(world.ask(Request("/own/x").bearer("a.b.c")), Reason::token_malformed);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"aud", "\"else\""}}))),
              Reason::bad_audience);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"sub", "\"a\\r\\nb\""}}))),
              Reason::claim_not_forwardable);
}

config::Model ruled() {
    config::Model model = guarded();
    model.trusted_proxies = {"10.0.0.0/8"};
    model.routes[0].access = config::Access::rule;
    model.routes[0].rule =
        support::rule({support::entry(config::EntryKind::scopes, {"orders:read"}),
                       support::entry(config::EntryKind::source, {"198.51.100.0/24"})});
    return model;
}

// Each request here would be refused by two stages; the reason tells which one was asked first.
TEST(Pipeline, TheEarlierStageGivesTheReason) {
    World world(ruled());
    const std::string broken = "\"a\\nb\"";
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"sub", broken}}))),
              Reason::insufficient_scope); // decide before headers
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"exp", "1600000000"}}))),
              Reason::token_expired); // validate before decide
    const std::string expired = token_of('a', {{"exp", "1600000000"}});
    const std::string forged = support::with_signature(expired, std::string(64, 'x'));
    EXPECT_EQ(world.ask(Request("/own/x").bearer(forged)), Reason::bad_signature);
    EXPECT_EQ(world.ask(Request("/else").field("authorization", "Bearer a,b")), Reason::no_route);
    EXPECT_EQ(world.ask(Request("/else/%2f")), Reason::bad_target);
}

TEST(Pipeline, ARuleIsAskedAndItsReasonTold) {
    World world(ruled());
    world.peer = "198.51.100.4";
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"scope", "\"orders:read\""}}))),
              Reason::allowed);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a'))), Reason::insufficient_scope);
    EXPECT_EQ(world.answer().scope, "orders:read");
    EXPECT_TRUE(world.answer().challenge);
    world.peer = "192.0.2.7";
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a', {{"scope", "\"orders:read\""}}))),
              Reason::rule_denied);
}

TEST(Pipeline, AShadowRuleIsFoundAndLetsThrough) {
    config::Model model = ruled();
    model.routes[0].rule.shadow = true;
    World world(model);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a'))), Reason::allowed);
    EXPECT_TRUE(world.findings.shadow_denied);
    EXPECT_EQ(world.ask(Request("/own/x")), Reason::token_missing); // the token is not in shadow
    EXPECT_FALSE(world.findings.shadow_denied);
}

// "decides nothing": what a token or a rule would refuse goes through, and is on record.
TEST(Pipeline, ARouteInShadowModeLetsThroughAndRecords) {
    config::Model model = ruled();
    model.routes[0].shadow = true;
    World world(model);
    struct Case {
        std::string token;
        Reason would;
    };
    const std::string good = token_of('a', {{"sub", "\"own\""}});
    const std::string expired = token_of('a', {{"exp", "1600000000"}});
    for (const Case& c :
         {Case{"", Reason::token_missing}, Case{"x.y.z", Reason::token_malformed},
          Case{expired, Reason::token_expired}, Case{good + "A", Reason::bad_signature}}) {
        Request request("/own/x");
        if (!c.token.empty()) request.bearer(c.token);
        EXPECT_EQ(world.ask(request), Reason::allowed);
        EXPECT_EQ(world.findings.shadow_reason, c.would);
    }
}

TEST(Pipeline, OnlyAGoodTokenGivesIdentityOnARouteInShadowMode) {
    config::Model model = ruled();
    model.routes[0].shadow = true;
    model.routes[0].forward.headers = {{{}, "x-user", "{claim.sub}"}, {{}, "x-verified", "yes"}};
    World world(model);
    EXPECT_EQ(world.ask(Request("/own/x")), Reason::allowed);
    EXPECT_EQ(support::added(world.admitted(), "x-verified"), "") << "nobody vouches for it";
    const auto identity = [&](const std::string& token) {
        Request request("/own/x");
        request.field("x-user", "forged").bearer(token);
        EXPECT_EQ(world.ask(request), Reason::allowed);
        const auto& admitted = std::get<Admitted>(*world.outcome);
        return support::added(admitted, "x-user");
    };
    // Expired: known for the log, and nobody for the upstream.
    EXPECT_EQ(identity(token_of('a', {{"exp", "1600000000"}})), "");
    EXPECT_TRUE(world.findings.proof);
    // Valid, and the rule says no.
    EXPECT_EQ(identity(token_of('a', {{"sub", "\"eve\""}})), "eve");
    EXPECT_EQ(world.findings.shadow_reason, Reason::insufficient_scope);
}

TEST(Pipeline, BrokenRequestsAreRefusedOnARouteInShadowModeToo) {
    config::Model model = ruled();
    model.routes[0].shadow = true;
    World world(model);
    Request twice("/own/x");
    twice.bearer("a.b.c").bearer("d.e.f");
    EXPECT_EQ(world.ask(twice), Reason::several_tokens);
    Request ambiguous("/own/%2f");
    EXPECT_EQ(world.ask(ambiguous), Reason::bad_target);
    EXPECT_EQ(world.ask(*std::make_unique<Request>("/own/x", "TRACE")), Reason::not_implemented);
}

// The client is known before the token is looked for: the log of a 401 names it, not the proxy.
TEST(Pipeline, TheClientIsFoundBeforeTheToken) {
    World world(ruled());
    world.peer = "10.0.0.1";
    Request request("/own/x");
    request.field("x-forwarded-for", "198.51.100.4");
    EXPECT_EQ(world.ask(request), Reason::token_missing);
    EXPECT_EQ(world.findings.client_text, "198.51.100.4");
}

// A rule must not see what a client forged: the header is gone before it is read.
TEST(Pipeline, ARuleReadsNoForgedHeader) {
    config::Model model = guarded();
    model.routes[0].access = config::Access::rule;
    model.routes[0].rule = support::rule({support::matches(
        config::EntryKind::request, {support::match("header.x-customer", config::Operator::equals,
                                                    {support::scalar("vip")})})});
    World world(model);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a')).field("x-customer", "vip")),
              Reason::rule_denied);
}

TEST(Pipeline, MethodsOfTunnelsAndEchoesAreNotImplemented) {
    World world(guarded()); // H62, H95
    for (const char* method : {"CONNECT", "TRACE", "TRACK", "PRI"})
        EXPECT_EQ(world.ask(Request("/open", method)), Reason::not_implemented) << method;
    for (const char* method : {"get", "G!#$", "DEBUG", "XGET"})
        EXPECT_EQ(world.ask(Request("/open", method)), Reason::method_not_allowed) << method;
    EXPECT_EQ(world.ask(Request("*", "OPTIONS")), Reason::bad_target); // H60
    EXPECT_EQ(world.ask(Request("*")), Reason::bad_target);
    EXPECT_EQ(world.ask(Request("g:443")), Reason::bad_target);
}

TEST(Pipeline, HostMustBeOneHost) {
    World world(guarded()); // H70
    for (const char* host : {"", "a, b", "g/x", "u@g", "g:", "g:99999", "[::1", "[fe80::1%25eth0]"})
        EXPECT_EQ(world.ask(Request("/open", "GET", host)), Reason::bad_request) << host;
    Request old("/open", "GET", "");
    old.minor_version = 0;
    EXPECT_EQ(world.ask(old), Reason::allowed);
    Request rooted("/open", "GET", "G.:8080");
    EXPECT_EQ(world.ask(rooted), Reason::allowed);
    EXPECT_EQ(world.admitted().authority(), "g:8080");
    EXPECT_EQ(world.ask(Request("http://g/open")), Reason::allowed); // H61
    EXPECT_EQ(world.ask(Request("http://other/open")), Reason::bad_target);
}

TEST(Pipeline, APublicRouteLooksForNoToken) {
    World world(guarded());
    EXPECT_EQ(world.ask(Request("/open")), Reason::allowed);
    EXPECT_EQ(world.ask(Request("/open").bearer("rubbish")), Reason::allowed);
    EXPECT_EQ(world.admitted().proof(), nullptr);
    EXPECT_EQ(world.ask(Request("/open").bearer("a").bearer("b")), Reason::allowed);
}

TEST(Pipeline, AnOptionalTokenIsValidOrAbsent) {
    World world(guarded());
    EXPECT_EQ(world.ask(Request("/maybe")), Reason::allowed);
    EXPECT_EQ(world.admitted().proof(), nullptr);
    EXPECT_EQ(world.ask(Request("/maybe").field("authorization", "Basic YTpi")), Reason::allowed);
    EXPECT_EQ(world.ask(Request("/maybe").bearer(token_of('a'))), Reason::allowed);
    EXPECT_NE(world.admitted().proof(), nullptr);
    EXPECT_EQ(world.ask(Request("/maybe").bearer("a.b.c")), Reason::token_malformed);
    EXPECT_EQ(world.ask(Request("/maybe").bearer("a").bearer("a")), Reason::several_tokens);
    EXPECT_EQ(world.ask(Request("/maybe").field("authorization", "Bearer")),
              Reason::bad_credentials);
}

TEST(Pipeline, AnIssuerThatTheRouteDoesNotListIsNotAccepted) {
    config::Model model = guarded();
    model.routes[0].issuers = {"b"};
    World world(model);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('b'))), Reason::allowed);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a'))), Reason::issuer_not_accepted);
    // J180: nor when the proof is cached from a route that accepts it
    EXPECT_EQ(world.ask(Request("/maybe").bearer(token_of('a'))), Reason::allowed);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a'))), Reason::issuer_not_accepted);
}

// J182: what is cached is the signature; the time is asked each time.
TEST(Pipeline, ACachedProofIsValidatedAgain) {
    World world(guarded());
    const std::string token = token_of('a');
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token)), Reason::allowed);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token)), Reason::allowed);
    EXPECT_TRUE(world.findings.proof_cached);
    world.now += std::chrono::hours(1);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token)), Reason::token_expired);
    EXPECT_TRUE(world.findings.proof_cached);
}

// A token whose `sub` is another customer's, as long as nothing proves it, must not reach a rule or
// a header.
TEST(Pipeline, NothingOfAnUnprovenTokenIsFound) {
    World world(guarded());
    std::string token = token_of('a');
    token = support::with_signature(token, std::string(64, 'x'));
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token)), Reason::bad_signature);
    EXPECT_EQ(world.findings.proof, nullptr);
}

TEST(Pipeline, FindingsTellWhatIsKnownWhateverTheOutcome) {
    World world(guarded());
    Request request("/own/%41");
    request.bearer(token_of('a', {{"aud", "\"else\""}}));
    world.ask(request);
    EXPECT_EQ(world.findings.path, "/own/A");
    EXPECT_EQ(world.findings.client_text, "192.0.2.7");
    EXPECT_EQ(world.findings.route->settings->path, "/own/**");
    ASSERT_NE(world.findings.proof, nullptr);
    EXPECT_EQ(world.findings.proof->claims.subject, "ada");
    world.ask(Request("/own\\x"));
    EXPECT_EQ(world.findings.path, "");
    EXPECT_EQ(world.findings.route, nullptr);
    EXPECT_EQ(world.findings.proof, nullptr);
}

TEST(Pipeline, AChallengeIsForRoutesThatWantAToken) {
    World world(guarded());
    world.ask(Request("/own/x"));
    EXPECT_TRUE(world.answer().challenge);
    world.ask(Request("/else"));
    EXPECT_FALSE(world.answer().challenge);
}

TEST(Pipeline, UnknownKeysAreAskedForAndThenFinal) {
    config::Model model = guarded();
    model.issuers[0].keys = {};
    model.issuers[0].keys.kind = config::KeySourceKind::jwks;
    config::Problems problems;
    KeyMaterial material;
    material.known = true;
    material.jwks = support::public_jwks({&support::test_key(jose::Algorithm::es256, 'b')});
    World world(model);
    world.snapshot =
        Snapshot::compile(std::make_shared<config::Model>(model), {material}, problems);
    ASSERT_TRUE(world.snapshot);
    Request request("/own/x");
    request.bearer(token_of('a'));
    world.ask(request);
    ASSERT_TRUE(std::holds_alternative<KeyNeeded>(*world.outcome));
    EXPECT_EQ(std::get<KeyNeeded>(*world.outcome).issuer, 0u);

    // The same head again, as it was left, and no more waiting.
    world.scratch.reset();
    RequestHead& head = request.head();
    const Peer peer{parse_address("192.0.2.7").value(), "192.0.2.7", false, 0};
    Tools first{world.scratch, world.proofs};
    admit(*world.snapshot, head, peer, world.now, first, world.findings);
    Tools second{world.scratch, world.proofs, false};
    const Outcome last = admit(*world.snapshot, head, peer, world.now, second, world.findings);
    ASSERT_TRUE(std::holds_alternative<Answer>(last));
    EXPECT_EQ(std::get<Answer>(last).reason, Reason::unknown_key);
}

TEST(Pipeline, KeysThatWereNeverHadAreUnavailable) {
    config::Model model = guarded();
    model.issuers[0].keys = {};
    model.issuers[0].keys.kind = config::KeySourceKind::discover;
    World world(model);
    world.ask(Request("/own/x").bearer(token_of('a')));
    EXPECT_TRUE(std::holds_alternative<KeyNeeded>(*world.outcome));
    world.may_wait = false;
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('a'))), Reason::keys_unavailable);
    EXPECT_EQ(world.ask(Request("/own/x").bearer(token_of('b'))), Reason::allowed);
}

} // namespace
} // namespace policy
