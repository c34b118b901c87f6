#include "policy/route/host.hpp"

#include "policy/address.hpp"
#include "policy/message.hpp"

#include <algorithm>
#include <charconv>

namespace policy::route {

namespace {

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

/// Dots may end a name (the DNS root) but neither begin it nor follow each other.
bool is_host(std::string_view host) {
    if (host.starts_with('['))
        return host.ends_with(']') && host.find(':') != host.npos &&
               parse_address(host.substr(1, host.size() - 2)).has_value();
    return !host.empty() && host.size() <= 254 && host.front() != '.' &&
           host.find("..") == host.npos && std::ranges::all_of(host, is_name_byte);
}

std::optional<unsigned> parse_port(std::string_view digits) {
    unsigned port = 0;
    const char* end = digits.data() + digits.size();
    const auto [next, error] = std::from_chars(digits.data(), end, port);
    if (error != std::errc{} || next != end || digits.size() > 5 || port > 65535) return {};
    return port;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

} // namespace

std::optional<Authority> parse_authority(std::string_view authority, bool tls, Scratch& scratch) {
    const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
    if (from == authority.npos) return {};
    const std::size_t colon = authority.find(':', from);
    std::string_view host = authority.substr(0, colon);
    if (!is_host(host)) return {};
    const bool rooted = host.ends_with('.');
    bool keep_port = false;
    if (colon != authority.npos) {
        const auto port = parse_port(authority.substr(colon + 1));
        if (!port) return {};
        keep_port = *port != (tls ? 443u : 80u);
    }
    const std::string_view suffix = keep_port ? authority.substr(colon) : "";
    if (rooted) host.remove_suffix(1);
    if (std::ranges::none_of(host, is_upper) && (suffix.empty() || !rooted))
        return Authority{authority.substr(0, host.size() + suffix.size()), host};
    char* const memory = scratch.allocate(host.size() + suffix.size());
    if (!memory) return {};
    std::ranges::transform(host, memory, to_lower);
    std::ranges::copy(suffix, memory + host.size());
    const std::string_view text{memory, host.size() + suffix.size()};
    return Authority{text, text.substr(0, host.size())};
}

} // namespace policy::route
