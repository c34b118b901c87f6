#pragma once

// Addresses, networks, host names and URLs as a configuration may write them. Strict, and without
// look-ups.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace config {

/// An IPv4 address in four decimal parts, or an IPv6 address without zone and brackets.
bool is_ip_address(std::string_view text);

/// ADDRESS/PREFIX without bits beyond the prefix, or one address. On failure `why` says what is
/// wrong.
bool is_network(std::string_view text, std::string& why);

/// Dot-separated labels of letters, digits, '-' and '_'; at most 253 bytes. An IPv4 address is one,
/// too.
bool is_host_name(std::string_view text);

/// Decimal without sign or leading zero, 1 to 65535; 0 only where `zero_is_fine`.
std::optional<std::uint16_t> parse_port(std::string_view text, bool zero_is_fine = false);

struct HostPort {
    std::string host; ///< without brackets
    std::uint16_t port = 0;
    bool has_port = false;
};

/// HOST, HOST:PORT, [IPv6] or [IPv6]:PORT.
std::optional<HostPort> parse_host_port(std::string_view text, bool zero_is_fine = false);

struct Url {
    std::string scheme;     ///< lower case
    std::string host;       ///< without brackets
    std::uint16_t port = 0; ///< the scheme's own when none is written
    bool has_port = false;
    std::string path; ///< begins with '/' or is empty
    bool has_query = false;
};

/// An absolute http or https URL (RFC 3986) without user information and fragment. Nothing: it is
/// none, and `why` says what is wrong without quoting the text.
std::optional<Url> parse_url(std::string_view text, std::string& why);

} // namespace config
