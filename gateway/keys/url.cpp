#include "gateway/keys/url.hpp"

#include <algorithm>
#include <charconv>

namespace gateway::keys {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && is_alphanumeric(host.front()) &&
           std::all_of(host.begin(), host.end(), [](char c) {
               return is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
           });
}

bool is_ipv6_text(std::string_view host) {
    return host.size() >= 2 && host.size() <= 45 && host.find(':') != std::string_view::npos &&
           host.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

/// Takes "host", "host:port", "[v6]" or "[v6]:port" apart.
bool split_authority(std::string_view authority, Url& url) {
    std::string_view host = authority, port;
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return false;
        host = authority.substr(1, end - 1);
        port = authority.substr(end + 1);
        url.host = lower_case(host);
        if (!is_ipv6_text(url.host)) return false;
    } else {
        host = authority.substr(0, authority.find(':'));
        port = authority.substr(host.size());
        url.host = lower_case(host);
        if (!is_host_name(url.host)) return false;
    }
    if (port.empty()) return true;
    if (port.front() != ':') return false;
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    return error == std::errc() && end == port.data() + port.size() && url.port != 0;
}

} // namespace

std::string Url::authority() const {
    std::string text = host.find(':') != std::string::npos ? "[" + host + "]" : host;
    if (port != (tls ? 443 : 80)) text += ":" + std::to_string(port);
    return text;
}

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::size_t longest = 2048;
    if (text.size() > longest) return std::nullopt;
    Url url;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower_case(text.substr(0, colon));
    if (scheme != "https" && scheme != "http") return std::nullopt;
    url.tls = scheme == "https";
    url.port = url.tls ? 443 : 80;
    text.remove_prefix(colon + 3);
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    const auto target = text.substr(authority.size());
    if (!split_authority(authority, url)) return std::nullopt;
    const auto is_safe = [](char c) { return c > ' ' && c <= '~' && c != '#' && c != '\\'; };
    if (!std::all_of(target.begin(), target.end(), is_safe)) return std::nullopt;
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

} // namespace gateway::keys
