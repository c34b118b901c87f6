#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;

std::string report_for(const std::string& members) {
    return report_of("issuers: { main: { " + members + ", audience: api } }\n");
}

const std::string keys = ", keys: { jwks: 'https://login.example/keys' }";

TEST(Tenants, AreRead) {
    const Model model =
        model_of("issuers: { main: { issuer: 'https://login.example/{tenant}/v2.0', audience: api, "
                 "tenant: { claim: tid, one_of: [t2, t1] }, "
                 "keys: { discover: 'https://login.example/common/v2.0' } } }\n");
    const Issuer& issuer = model.issuers.at(0);
    ASSERT_TRUE(issuer.tenant);
    EXPECT_EQ(issuer.tenant->claim, "tid");
    EXPECT_EQ(issuer.tenant->one_of, (std::vector<std::string>{"t1", "t2"}));
    EXPECT_FALSE(issuer.tenant->any);
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::discover);
    EXPECT_EQ(issuer.keys.url, "https://login.example/common/v2.0");
}

TEST(Tenants, OfAPresetNeedOnlyTheirNames) {
    const Model model = model_of("issuers: { main: { preset: entra, audience: api, tenant: { "
                                 "one_of: [t1] }, issuer: "
                                 "'https://login.microsoftonline.com/{tenant}/v2.0' } }\n");
    const Issuer& issuer = model.issuers.at(0);
    EXPECT_EQ(issuer.tenant->claim, "tid");
    EXPECT_EQ(issuer.keys.kind, KeySourceKind::jwks);
    EXPECT_EQ(issuer.keys.url, "https://login.microsoftonline.com/common/discovery/v2.0/keys");
}

TEST(Tenants, OfEveryoneAreWarnedOf) {
    EXPECT_EQ(
        report_for("issuer: 'https://l.example/{tenant}', tenant: { claim: t, any: true }" + keys),
        "1:78 [tenant_any] every tenant of this provider is believed (name the tenants under "
        "`one_of`, or let each rule look at the claim)\n");
}

TEST(Tenants, MustBeSaidInFull) {
    EXPECT_EQ(report_for("issuer: 'https://l.example/{tenant}'" + keys),
              "1:28 an issuer with `{tenant}` needs `tenant` (write `tenant: { claim: NAME, "
              "one_of: [...] }`)\n");
    EXPECT_EQ(report_for("issuer: 'https://l.example/x', tenant: { claim: t, one_of: [a] }" + keys),
              "1:51 `tenant` goes with `{tenant}` in the issuer\n");
    EXPECT_EQ(report_for("issuer: 'https://l.example/{tenant}', tenant: { claim: t }" + keys),
              "1:58 `tenant` names nobody (name the tenants under `one_of`)\n");
    EXPECT_EQ(report_for("issuer: 'https://l.example/{tenant}', tenant: { one_of: [a] }" + keys),
              "1:58 `tenant` needs `claim` (name the claim that holds the tenant)\n");
    EXPECT_EQ(report_for("issuer: 'https://l.example/{tenant}', tenant: { claim: t, one_of: [a] }"),
              "1:12 an issuer with tenants must say whom to ask for its keys (write `keys: { "
              "discover: URL }` or `keys: { jwks: URL }`)\n");
}

TEST(Tenants, StandForAWholePartOfTheUrl) {
    for (const std::string url : {"https://l.example/x{tenant}", "https://l.example/{tenant}x",
                                  "https://l.example/{tid}", "https://l.example/{tenant}/{tenant}",
                                  "https://l.example/{tenant", "https://l.example/}"})
        EXPECT_EQ(report_for("issuer: '" + url + "', tenant: { claim: t, one_of: [a] }" + keys),
                  "1:28 an issuer may hold `{tenant}` once, as a whole part of the URL\n")
            << url;
}

TEST(Tenants, BelongToOneIssuer) {
    const auto with = [](const std::string& a, const std::string& b) {
        return report_of("issuers:\n  a: { audience: x, " + a + keys + " }\n  b: { audience: x, " +
                         b + keys + " }\n");
    };
    const std::string of = "issuer: 'https://l.example/{tenant}', tenant: { claim: t, one_of: ";
    const std::string clash = "2:3 a token may be of the issuer `a` and of `b` in line 3 (a token "
                              "must belong to exactly one of them)\n";
    EXPECT_EQ(with(of + "[t1, t2] }", of + "[t3] }"), "");
    EXPECT_EQ(with(of + "[t1, t2] }", of + "[t2] }"), clash);
    EXPECT_EQ(with(of + "[t1] }", "issuer: 'https://l.example/t1'"), clash);
    EXPECT_EQ(with(of + "[t1] }", "issuer: 'https://l.example/t2'"), "");
    EXPECT_EQ(with(of + "[t1] }", "issuer: ['https://m.example', 'https://l.example/t1']"), clash);
}

} // namespace
} // namespace config
