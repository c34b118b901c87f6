#pragma once

// IP addresses and networks as bytes, so that policy can compare them without a socket library.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace policy {

/// IPv6, or IPv4 as ::ffff:a.b.c.d.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool operator==(const Address&) const = default;
    bool is_v4() const;
    std::string to_string() const; ///< RFC 5952
    /// The same without allocation, into `text_size` bytes; answers the end.
    char* print(char* out) const;
    static constexpr std::size_t text_size = 40;
};

std::optional<Address> parse_address(std::string_view text); ///< no port, no zone, no brackets

struct Network {
    Address address;
    std::uint8_t prefix = 128; ///< bits of the 128
    bool contains(const Address& other) const;
};

std::optional<Network> parse_network(std::string_view text); ///< CIDR, or one address

} // namespace policy
