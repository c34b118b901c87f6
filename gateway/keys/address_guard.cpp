#include "gateway/keys/address_guard.hpp"

#include <algorithm>
#include <array>

namespace gateway::keys {
namespace {

namespace ip = boost::asio::ip;

struct Network4 {
    std::uint32_t address;
    int prefix;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array<Network4, 14> reserved = {{
    {v4(0, 0, 0, 0), 8},       // this network
    {v4(10, 0, 0, 0), 8},      // private
    {v4(100, 64, 0, 0), 10},   // shared between carriers; a cloud's metadata lives here, too
    {v4(127, 0, 0, 0), 8},     // loopback
    {v4(169, 254, 0, 0), 16},  // link-local, metadata services
    {v4(172, 16, 0, 0), 12},   // private
    {v4(192, 0, 0, 0), 24},    // protocol assignments
    {v4(192, 0, 2, 0), 24},    // documentation
    {v4(192, 168, 0, 0), 16},  // private
    {v4(198, 18, 0, 0), 15},   // benchmarks
    {v4(198, 51, 100, 0), 24}, // documentation
    {v4(203, 0, 113, 0), 24},  // documentation
    {v4(224, 0, 0, 0), 4},     // multicast
    {v4(240, 0, 0, 0), 4},     // reserved, broadcast
}};

bool is_public_v4(std::uint32_t address) {
    return std::none_of(reserved.begin(), reserved.end(), [address](const Network4& network) {
        return ((address ^ network.address) >> (32 - network.prefix)) == 0;
    });
}

std::uint32_t last_four(const ip::address_v6::bytes_type& bytes) {
    return v4(bytes[12], bytes[13], bytes[14], bytes[15]);
}

} // namespace

bool is_public(const ip::address& address) {
    if (address.is_v4()) return is_public_v4(address.to_v4().to_uint());
    const ip::address_v6 v6 = address.to_v6();
    const auto bytes = v6.to_bytes();
    if (v6.is_v4_mapped()) return is_public_v4(last_four(bytes));
    constexpr std::array<unsigned char, 12> nat64 = {0, 0x64, 0xff, 0x9b};
    if (std::equal(nat64.begin(), nat64.end(), bytes.begin()))
        return is_public_v4(last_four(bytes));
    const bool global_unicast = (bytes[0] & 0xe0) == 0x20; // 2000::/3 is all that IANA gives out
    const bool six_to_four = bytes[0] == 0x20 && bytes[1] == 0x02;
    const bool teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    const bool documentation =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
    return global_unicast && !six_to_four && !teredo && !documentation;
}

} // namespace gateway::keys
