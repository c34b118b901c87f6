#include "config/issuer_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace config {
namespace {

std::optional<std::string_view> find(std::string_view pattern, std::string_view iss) {
    return find_tenant(parse_issuer_pattern(pattern), iss);
}

constexpr std::string_view entra = "https://login.example/{tenant}/v2.0";

TEST(IssuerPattern, WithoutATenantIsEqualOrNothing) {
    EXPECT_EQ(find("https://a.example", "https://a.example"), "");
    for (const char* iss : {"https://a.example/", "https://A.example", "", "https://a.exampl"})
        EXPECT_EQ(find("https://a.example", iss), std::nullopt) << iss;
}

TEST(IssuerPattern, FindsTheTenant) {
    EXPECT_EQ(find(entra, "https://login.example/t1/v2.0"), "t1");
    EXPECT_EQ(find("https://{tenant}.example/", "https://shop.eu.example/"), "shop.eu");
    EXPECT_EQ(find("urn:{tenant}", "urn:x"), "x");
}

// A tenant is one part of the URL, or an attacker's issuer fits.
TEST(IssuerPattern, IsNotFooledByWhatATenantMayNotHold) {
    for (const std::string tenant : {"", "a/b", "a/v2.0/b", "../x", "a?b", "a#b", "a@b", "a:b",
                                     "{tenant}", "a b", "a\tb", "a\xc3\xa9", "a\x7f"})
        EXPECT_EQ(find(entra, "https://login.example/" + tenant + "/v2.0"), std::nullopt) << tenant;
    EXPECT_EQ(find(entra, "https://login.example/" + std::string(256, 'a') + "/v2.0"),
              std::string(256, 'a'));
    EXPECT_EQ(find(entra, "https://login.example/" + std::string(257, 'a') + "/v2.0"),
              std::nullopt);
    EXPECT_EQ(find(entra, "https://login.example/v2.0"), std::nullopt);
    EXPECT_EQ(find(entra, "https://login.example//v2.0"), std::nullopt);
    EXPECT_EQ(find(entra, "https://login.example/t/v2.0/"), std::nullopt);
    EXPECT_EQ(find(entra, "https://evil.example/t/v2.0"), std::nullopt);
}

TEST(IssuerPattern, MeetsWhereOneIssMayFitBoth) {
    const auto meet = [](std::string_view a, std::string_view b) {
        return may_meet(parse_issuer_pattern(a), parse_issuer_pattern(b));
    };
    EXPECT_TRUE(meet(entra, entra));
    EXPECT_TRUE(meet("https://a/{tenant}/x", "https://a/y/{tenant}"));
    EXPECT_FALSE(meet(entra, "https://login.example/{tenant}/"));
    EXPECT_FALSE(meet(entra, "https://other.example/{tenant}/v2.0"));
    EXPECT_FALSE(meet("https://a/{tenant}", "https://a/b/{tenant}"));
}

} // namespace
} // namespace config
