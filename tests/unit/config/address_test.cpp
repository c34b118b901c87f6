#include "config/address.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

TEST(IpAddress, IsStrict) {
    for (const std::string_view text :
         {"127.0.0.1", "0.0.0.0", "::", "::1", "2001:db8::1", "::ffff:10.0.0.1"})
        EXPECT_TRUE(is_ip_address(text)) << text;
    for (const std::string_view text :
         {"", "localhost", "1.2.3", "256.1.1.1", "1.2.3.4.5", "01.2.3.4", "[::1]", "fe80::1%eth0",
          "1.2.3.4 ", "0x7f.1.1.1"})
        EXPECT_FALSE(is_ip_address(text)) << text;
    EXPECT_FALSE(is_ip_address(std::string_view("::1\0x", 5)));
}

TEST(Network, AcceptsCidrAndSingleAddresses) {
    std::string why;
    for (const std::string_view text : {"10.0.0.0/8", "10.1.2.3", "10.1.2.3/32", "0.0.0.0/0",
                                        "fd00::/8", "::/0", "::1/128", "10.128.0.0/9"})
        EXPECT_TRUE(is_network(text, why)) << text << why;
}

TEST(Network, SaysWhatIsWrong) {
    std::string why;
    EXPECT_FALSE(is_network("10.0.0.1/8", why));
    EXPECT_EQ(why, "its address has bits beyond the prefix");
    EXPECT_FALSE(is_network("10.0.0.0/33", why));
    EXPECT_EQ(why, "its prefix length must be 0 to 32");
    EXPECT_FALSE(is_network("fd00::/129", why));
    EXPECT_EQ(why, "its prefix length must be 0 to 128");
    for (const std::string_view text :
         {"10.0.0.0/", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/-1"}) {
        EXPECT_FALSE(is_network(text, why)) << text;
        EXPECT_EQ(why, "its prefix length must be 0 to 32") << text;
    }
    EXPECT_FALSE(is_network("example.com/8", why));
    EXPECT_EQ(why, "it does not begin with an IP address");
}

TEST(HostName, IsMadeOfLabels) {
    for (const std::string_view text :
         {"a", "a-b.example", "xn--bcher-kva.example", "10.0.0.1", "my_service", "1a"})
        EXPECT_TRUE(is_host_name(text)) << text;
    for (const std::string_view text :
         {"", ".", "a.", ".a", "a..b", "-a", "a-", "a b", "a/b", "a:1", "10.0.0.300", "1"})
        EXPECT_FALSE(is_host_name(text)) << text;
    EXPECT_FALSE(is_host_name(std::string(64, 'a')));
}

TEST(Port, IsDecimalAndInRange) {
    EXPECT_EQ(parse_port("1"), 1);
    EXPECT_EQ(parse_port("65535"), 65535);
    EXPECT_EQ(parse_port("0", true), 0);
    for (const std::string_view text : {"", "0", "65536", "080", "+80", "8 0", "-1", "99999999999"})
        EXPECT_EQ(parse_port(text), std::nullopt) << text;
}

TEST(HostPort, SplitsNamesAndAddresses) {
    const auto v6 = parse_host_port("[::1]:8080");
    ASSERT_TRUE(v6);
    EXPECT_EQ(v6->host, "::1");
    EXPECT_EQ(v6->port, 8080);
    const auto name = parse_host_port("orders.example");
    ASSERT_TRUE(name);
    EXPECT_EQ(name->host, "orders.example");
    EXPECT_FALSE(name->has_port);
    for (const std::string_view text :
         {"", ":80", "a:", "::1", "[::1", "[::1]80", "[1.2.3.4]:80", "a:b", "[]:80"})
        EXPECT_FALSE(parse_host_port(text)) << text;
}

TEST(Url, IsSplit) {
    std::string why;
    const auto url = parse_url("HTTPS://Id.Example.com:8443/realms/a?b", why);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "id.example.com");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/realms/a");
    EXPECT_TRUE(url->has_query);
    EXPECT_EQ(parse_url("http://a", why)->port, 80);
    EXPECT_EQ(parse_url("https://a/", why)->port, 443);
    EXPECT_TRUE(parse_url("https://a?x", why)->path.empty());
}

TEST(Url, SaysWhatIsWrong) {
    const auto why_not = [](std::string_view text) {
        std::string why;
        return parse_url(text, why) ? std::string("fine") : why;
    };
    EXPECT_EQ(why_not("example.com"), "it must begin with https:// or http://");
    EXPECT_EQ(why_not("ftp://example.com"), "it must begin with https:// or http://");
    EXPECT_EQ(why_not("http://a b"), "it holds a character that a URL cannot hold");
    EXPECT_EQ(why_not("http://a/\xc3\xa4"), "it holds a character that a URL cannot hold");
    EXPECT_EQ(why_not("http://user:pw@a"), "it must not hold a user name or password");
    EXPECT_EQ(why_not("http://a/#b"), "it must not hold a fragment (`#`)");
    EXPECT_EQ(why_not("http://"), "its host or port is not valid");
    EXPECT_EQ(why_not("http://a:0"), "its host or port is not valid");
    EXPECT_EQ(why_not("http://a:99999"), "its host or port is not valid");
    EXPECT_EQ(why_not("http://::1/"), "its host or port is not valid");
}

} // namespace
} // namespace config
