#include "policy/token/validate.hpp"
#include "tests/unit/policy/token/issuers.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

using jose::Algorithm;
using support::test_key;
using support::TokenBuilder;

/// Issuer a with tenants t1 and t2, bound to `tid`.
class Tenants : public testing::Test {
protected:
    Tenants() {
        config::Issuer& settings = issuers_.settings(0);
        settings.issuer = "https://login.example/{tenant}/v2.0";
        settings.tenant = config::Tenant{.claim = "tid", .one_of = {"t1", "t2"}};
    }

    static std::string token(const std::string& in_iss, const std::string& claim) {
        TokenBuilder builder;
        builder.claim("iss", "\"https://login.example/" + in_iss + "/v2.0\"");
        if (!claim.empty()) builder.claim("tid", claim);
        return builder.sign(test_key(Algorithm::es256));
    }

    Reason reason(const std::string& token) {
        const Verdict verdict = issuers_.verify(token);
        const auto* verified = std::get_if<Verified>(&verdict);
        if (!verified) return std::get<Reason>(verdict);
        return validate(*verified->proof, *verified->issuer, support::test_now);
    }

    Issuers issuers_;
};

TEST_F(Tenants, AreBelievedWhereIssAndClaimSayTheSame) {
    EXPECT_EQ(reason(token("t1", R"("t1")")), Reason::allowed);
    EXPECT_EQ(reason(token("t2", R"("t2")")), Reason::allowed);
}

TEST_F(Tenants, AreNotBelievedWhereTheyDiffer) {
    for (const char* claim : {R"("t2")", R"("T1")", R"("")", R"(["t1"])", "null", "1", ""})
        EXPECT_EQ(reason(token("t1", claim)), Reason::tenant_mismatch) << claim;
}

TEST_F(Tenants, ThatAreNotListedAreOfNoIssuer) {
    EXPECT_EQ(reason(token("t3", R"("t3")")), Reason::unknown_issuer);
    EXPECT_EQ(reason(token("t1/v2.0/t2", R"("t1")")), Reason::unknown_issuer);
    EXPECT_EQ(reason(token("{tenant}", R"("{tenant}")")), Reason::unknown_issuer);
    issuers_.settings(0).tenant = config::Tenant{.claim = "tid", .any = true};
    EXPECT_EQ(reason(token("t3", R"("t3")")), Reason::allowed);
}

TEST_F(Tenants, ThatLeaveTheListAreNotBelievedFromTheCache) {
    const std::string known = token("t2", R"("t2")");
    EXPECT_EQ(reason(known), Reason::allowed);
    issuers_.settings(0).tenant->one_of = {"t1"};
    EXPECT_EQ(reason(known), Reason::unknown_issuer);
}

TEST_F(Tenants, MayStandBesideANameOfTheProviderItself) {
    issuers_.settings(0).other_issuers = {"https://login.example/own"};
    TokenBuilder builder;
    builder.claim("iss", R"("https://login.example/own")");
    EXPECT_EQ(reason(builder.sign(test_key(Algorithm::es256))), Reason::allowed);
}

class KeysOfTenants : public Tenants {
protected:
    void publish(const std::string& issuer) {
        std::string jwks = support::public_jwks({&test_key(Algorithm::es256)});
        jwks.insert(jwks.find("\"kty\""), "\"issuer\":\"" + issuer + "\",");
        issuers_.set_keys(0, jwks);
        issuers_[0].refetchable = false;
    }
};

TEST_F(KeysOfTenants, SignForWhomTheirIssuerNames) {
    publish("https://login.example/{tenantid}/v2.0");
    EXPECT_EQ(reason(token("t1", R"("t1")")), Reason::allowed);
    publish("https://login.example/t1/v2.0");
    EXPECT_EQ(reason(token("t1", R"("t1")")), Reason::allowed);
    EXPECT_EQ(reason(token("t2", R"("t2")")), Reason::unknown_key);
    publish("https://other.example/{tenantid}/v2.0");
    EXPECT_EQ(reason(token("t2", R"("t2")")), Reason::unknown_key);
}

TEST_F(KeysOfTenants, StopSigningWhenASetSaysSo) {
    const std::string known = token("t2", R"("t2")");
    EXPECT_EQ(reason(known), Reason::allowed);
    publish("https://login.example/t1/v2.0");
    EXPECT_EQ(reason(known), Reason::unknown_key);
}

} // namespace
} // namespace policy::token
