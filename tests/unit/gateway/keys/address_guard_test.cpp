#include "gateway/keys/address_guard.hpp"

#include <gtest/gtest.h>

namespace {

bool is_public(const char* text) {
    return gateway::keys::is_public(boost::asio::ip::make_address(text));
}

TEST(AddressGuard, LetsPublicAddressesThrough) {
    constexpr const char* addresses[] = {
        "1.1.1.1",        "9.255.255.255",    "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",    "172.15.255.255",   "172.32.0.0",      "192.167.255.255",
        "192.169.0.0",    "223.255.255.255",  "2606:4700::1111", "2a00:1450::1",
        "::ffff:1.1.1.1", "64:ff9b::101:101",
    };
    for (const char* address : addresses) EXPECT_TRUE(is_public(address)) << address;
}

TEST(AddressGuard, RefusesEverythingInside) {
    constexpr const char* addresses[] = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "100::1",
    };
    for (const char* address : addresses) EXPECT_FALSE(is_public(address)) << address;
}

} // namespace
