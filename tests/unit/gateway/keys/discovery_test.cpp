#include "gateway/keys/discovery.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::keys;

constexpr std::string_view issuer = "https://id.example.com/realms/shop";

TEST(Discovery, AppendsTheWellKnownPath) {
    EXPECT_EQ(discovery_url("https://a/b"), "https://a/b/.well-known/openid-configuration");
    EXPECT_EQ(discovery_url("https://a/b/"), "https://a/b/.well-known/openid-configuration");
}

TEST(Discovery, FindsTheKeySetOfTheVeryIssuer) {
    const auto url = read_discovery(
        R"({"issuer":"https://id.example.com/realms/shop","jwks_uri":"https://id.example.com/certs","x":[1]})",
        issuer);
    ASSERT_TRUE(url);
    EXPECT_EQ(*url, "https://id.example.com/certs");
}

TEST(Discovery, RefusesADocumentThatIsNotTheIssuers) {
    constexpr const char* documents[] = {
        "",
        "<html></html>",
        "[]",
        "null",
        "{}",
        R"({"jwks_uri":"https://a/"})",
        R"({"issuer":7,"jwks_uri":"https://a/"})",
        R"({"issuer":"https://id.example.com/realms/shop/","jwks_uri":"https://a/"})",
        R"({"issuer":"https://ID.example.com/realms/shop","jwks_uri":"https://a/"})",
        R"({"issuer":"https://id.example.com/realms/shop"})",
        R"({"issuer":"https://id.example.com/realms/shop","jwks_uri":["https://a/"]})",
        R"({"issuer":"https://id.example.com/realms/shop","issuer":"x","jwks_uri":"https://a/"})",
        R"({"issuer":"https://id.example.com/realms/shop","jwks_uri":"https://a/"} x)",
    };
    for (const char* document : documents) {
        const auto url = read_discovery(document, issuer);
        ASSERT_FALSE(url) << document;
        EXPECT_EQ(url.error().kind, FetchFailure::bad_discovery);
    }
}

TEST(Discovery, DialsHttpsUnlessToldOtherwise) {
    EXPECT_TRUE(configured_destination("https://10.0.0.1/k", false));
    EXPECT_FALSE(configured_destination("https://10.0.0.1/k", false)->public_only)
        << "the operator chose it";
    EXPECT_EQ(configured_destination("http://a/k", false).error().kind, FetchFailure::cleartext);
    EXPECT_TRUE(configured_destination("http://a/k", true));
    EXPECT_EQ(configured_destination("gopher://a/k", true).error().kind, FetchFailure::bad_url);
}

TEST(Discovery, LetsADocumentNameItsOwnHostOrPublicOnes) {
    const Url at = *parse_url(issuer);
    EXPECT_FALSE(discovered_destination("https://ID.example.com:8443/k", at, false)->public_only);
    EXPECT_TRUE(discovered_destination("https://keys.example.net/k", at, false)->public_only);
    EXPECT_FALSE(discovered_destination("https://keys.example.net/k", at, true)->public_only);
    EXPECT_EQ(discovered_destination("http://id.example.com/k", at, false).error().kind,
              FetchFailure::cleartext);
    EXPECT_EQ(discovered_destination("file:///etc/passwd", at, true).error().kind,
              FetchFailure::bad_url);
}

} // namespace
