#include "config/address.hpp"

#include "config/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace config {
namespace {

struct Bytes {
    std::array<unsigned char, 16> value{};
    unsigned size = 0; ///< 4 or 16
};

std::optional<Bytes> parse_ip(std::string_view text) {
    const std::string terminated(text);
    if (text.empty() || text.find('\0') != std::string_view::npos) return std::nullopt;
    Bytes bytes;
    if (::inet_pton(AF_INET, terminated.c_str(), bytes.value.data()) == 1)
        bytes.size = 4;
    else if (::inet_pton(AF_INET6, terminated.c_str(), bytes.value.data()) == 1)
        bytes.size = 16;
    else
        return std::nullopt;
    return bytes;
}

std::optional<unsigned> parse_decimal(std::string_view text, unsigned most) {
    if (text.empty() || text.size() > 5 || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

bool is_label(std::string_view label) {
    const auto is_label_char = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), is_label_char);
}

bool is_url_char(char c) {
    return c > ' ' && c < 0x7f && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
}

} // namespace

bool is_ip_address(std::string_view text) { return parse_ip(text).has_value(); }

bool is_network(std::string_view text, std::string& why) {
    const std::size_t slash = text.find('/');
    const std::optional<Bytes> address = parse_ip(text.substr(0, slash));
    if (!address) {
        why = "it does not begin with an IP address";
        return false;
    }
    if (slash == std::string_view::npos) return true;
    const std::optional<unsigned> prefix = parse_decimal(text.substr(slash + 1), address->size * 8);
    if (!prefix) {
        why = "its prefix length must be 0 to " + std::to_string(address->size * 8);
        return false;
    }
    for (unsigned bit = *prefix; bit < address->size * 8; ++bit) {
        if (((address->value[bit / 8] >> (7 - bit % 8)) & 1) == 0) continue;
        why = "its address has bits beyond the prefix";
        return false;
    }
    return true;
}

bool is_host_name(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    for (std::size_t begin = 0;;) {
        const std::size_t dot = text.find('.', begin);
        const std::string_view label = text.substr(begin, dot - begin);
        if (!is_label(label)) return false;
        // A number at the end makes it an address (10.0.0.300 is a slip, not a name).
        if (dot == std::string_view::npos)
            return label.find_first_not_of("0123456789") != std::string_view::npos ||
                   is_ip_address(text);
        begin = dot + 1;
    }
}

std::optional<std::uint16_t> parse_port(std::string_view text, bool zero_is_fine) {
    const std::optional<unsigned> port = parse_decimal(text, 65535);
    if (!port || (*port == 0 && !zero_is_fine)) return std::nullopt;
    return static_cast<std::uint16_t>(*port);
}

std::optional<HostPort> parse_host_port(std::string_view text, bool zero_is_fine) {
    HostPort out;
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        out.host = text.substr(1, close - 1);
        if (out.host.find(':') == std::string::npos || !is_ip_address(out.host))
            return std::nullopt;
        rest = text.substr(close + 1);
    } else {
        const std::size_t colon = text.find(':');
        out.host = text.substr(0, colon);
        if (!is_host_name(out.host)) return std::nullopt;
        if (colon != std::string_view::npos) rest = text.substr(colon);
    }
    if (rest.empty()) return out;
    if (rest.front() != ':') return std::nullopt;
    const std::optional<std::uint16_t> port = parse_port(rest.substr(1), zero_is_fine);
    if (!port) return std::nullopt;
    out.port = *port;
    out.has_port = true;
    return out;
}

std::optional<Url> parse_url(std::string_view text, std::string& why) {
    Url url;
    const std::size_t mark = text.find("://");
    if (mark != std::string_view::npos) url.scheme = lower_case(text.substr(0, mark));
    if (url.scheme != "http" && url.scheme != "https") {
        why = "it must begin with https:// or http://";
        return std::nullopt;
    }
    if (!std::all_of(text.begin(), text.end(), is_url_char)) {
        why = "it holds a character that a URL cannot hold";
        return std::nullopt;
    }
    const std::string_view rest = text.substr(mark + 3);
    const std::size_t end = rest.find_first_of("/?#");
    const std::string_view authority = rest.substr(0, end);
    const std::string_view after =
        end == std::string_view::npos ? std::string_view() : rest.substr(end);
    if (authority.find('@') != std::string_view::npos) {
        why = "it must not hold a user name or password";
        return std::nullopt;
    }
    if (after.find('#') != std::string_view::npos) {
        why = "it must not hold a fragment (`#`)";
        return std::nullopt;
    }
    std::optional<HostPort> host = parse_host_port(authority);
    if (!host) {
        why = "its host or port is not valid";
        return std::nullopt;
    }
    url.host = lower_case(host->host);
    url.has_port = host->has_port;
    url.port = host->has_port          ? host->port
               : url.scheme == "https" ? std::uint16_t{443}
                                       : std::uint16_t{80};
    url.path = after.substr(0, after.find('?'));
    url.has_query = after.find('?') != std::string_view::npos;
    return url;
}

} // namespace config
