#include "gateway/keys/url.hpp"

#include <gtest/gtest.h>

namespace {

using gateway::keys::parse_url;

TEST(Url, SplitsWhatCanBeDialled) {
    struct Case {
        const char* text;
        bool tls;
        const char* host;
        int port;
        const char* target;
        const char* authority;
    };
    constexpr Case cases[] = {
        {"https://id.example.com", true, "id.example.com", 443, "/", "id.example.com"},
        {"HTTPS://ID.Example.com/Realms/x?y=1", true, "id.example.com", 443, "/Realms/x?y=1",
         "id.example.com"},
        {"http://localhost:8080/jwks", false, "localhost", 8080, "/jwks", "localhost:8080"},
        {"http://localhost:80/", false, "localhost", 80, "/", "localhost"},
        {"https://localhost:80/", true, "localhost", 80, "/", "localhost:80"},
        {"https://a?b", true, "a", 443, "/?b", "a"},
        {"https://[2001:DB8::1]:8443/k", true, "2001:db8::1", 8443, "/k", "[2001:db8::1]:8443"},
        {"https://[::1]", true, "::1", 443, "/", "[::1]"},
        {"https://192.0.2.1/", true, "192.0.2.1", 443, "/", "192.0.2.1"},
        {"https://a_b.svc.local/", true, "a_b.svc.local", 443, "/", "a_b.svc.local"},
    };
    for (const Case& c : cases) {
        const auto url = parse_url(c.text);
        ASSERT_TRUE(url) << c.text;
        EXPECT_EQ(url->tls, c.tls) << c.text;
        EXPECT_EQ(url->host, c.host);
        EXPECT_EQ(url->port, c.port);
        EXPECT_EQ(url->target, c.target);
        EXPECT_EQ(url->authority(), c.authority);
    }
}

TEST(Url, RefusesWhatCouldMeanAnotherPlace) {
    constexpr const char* texts[] = {
        "",
        "https:",
        "https://",
        "https:///x",
        "id.example.com",
        "ftp://a/",
        "file:///etc/passwd",
        "https://user@a/",
        "https://good.example@evil.example/",
        "https://a:b@c/",
        "https://a/#f",
        "https://a#f",
        "https://a\\b/",
        "https://a/\\b",
        "https://a b/",
        "https://a/ b",
        "https://a/\r\nX: y",
        "https://a\r\n/",
        "https://a:0/",
        "https://a:65536/",
        "https://a:-1/",
        "https://a:80x/",
        "https://a:/",
        "https://a:80:80/",
        "https://[::1/",
        "https://[::1]x/",
        "https://[x]/",
        "https://[]/",
        "https://[127.0.0.1]/",
        "https://-a/",
        "https://.a/",
        "https://\xc3\xa4.example/",
        "https://a/\xc3\xa4",
        "https://%61/",
    };
    for (const char* text : texts) EXPECT_FALSE(parse_url(text)) << text;
}

TEST(Url, RefusesMoreThanTwoKilobytes) {
    EXPECT_TRUE(parse_url("https://a/" + std::string(2000, 'x')));
    EXPECT_FALSE(parse_url("https://a/" + std::string(2048, 'x')));
}

} // namespace
