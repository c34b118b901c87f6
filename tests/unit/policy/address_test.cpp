#include "policy/address.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace policy {
namespace {

TEST(Address, ReadsAndPrintsTheShortForm) {
    const std::pair<const char*, const char*> cases[] = {
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    };
    for (const auto& [text, printed] : cases) {
        const auto address = parse_address(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->to_string(), printed) << text;
    }
}

TEST(Address, RefusesEverythingElse) {
    for (const char* text : {"",
                             "1",
                             "1.2.3",
                             "1.2.3.4.5",
                             "256.1.1.1",
                             "01.2.3.4",
                             "1.2.3.4 ",
                             "1..2.3",
                             "0x1.2.3.4",
                             "1.2.3.1000",
                             ":",
                             ":::",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1::2::3",
                             "12345::",
                             "::g",
                             ":1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:",
                             "1:2:3:4:5:6:7:8::",
                             "::1%eth0",
                             "[::1]",
                             "::1.2.3",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "::-1",
                             "::0x1",
                             "1.2.3.4:80",
                             "::ffff:1.2.3.4.5"})
        EXPECT_FALSE(parse_address(text)) << text;
}

TEST(Address, IsV4OnlyInsideItsMappedRange) {
    EXPECT_TRUE(parse_address("::ffff:1.2.3.4")->is_v4());
    EXPECT_EQ(parse_address("::ffff:1.2.3.4"), parse_address("1.2.3.4"));
    EXPECT_FALSE(parse_address("::1.2.3.4")->is_v4());
}

TEST(Network, ContainsByPrefix) {
    struct Case {
        const char* network;
        const char* address;
        bool inside;
    };
    const Case cases[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.0.0.0/9", "10.127.255.255", true},
        {"10.0.0.0/9", "10.128.0.0", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.8", false},
        {"0.0.0.0/0", "255.1.2.3", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "1.2.3.4", true},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::ffff:10.0.0.0/104", "10.1.1.1", true},
    };
    for (const Case& c : cases)
        EXPECT_EQ(parse_network(c.network)->contains(*parse_address(c.address)), c.inside)
            << c.network << ' ' << c.address;
}

TEST(Network, RefusesBadPrefixes) {
    for (const char* text : {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08",
                             "10.0.0.0/8 ", "10.0.0.0/+8", "/8", "10.0.0/8", "10.0.0.0/8/8"})
        EXPECT_FALSE(parse_network(text)) << text;
}

} // namespace
} // namespace policy
