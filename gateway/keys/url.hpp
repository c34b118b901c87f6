#pragma once

// The two kinds of URL that key fetching dials: http and https, split strictly (RFC 3986). User
// information, fragments, empty hosts, control bytes and blanks are refused rather than understood.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::keys {

struct Url {
    bool tls = true;
    std::string host; ///< lower case; a name, an IPv4 address, or an IPv6 address without brackets
    std::uint16_t port = 443;
    std::string target = "/"; ///< path and query

    std::string authority() const; ///< for Host: brackets where needed, no default port
};

std::optional<Url> parse_url(std::string_view text);

} // namespace gateway::keys
