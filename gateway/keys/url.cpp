#include "gateway/keys/url.hpp"

#include "config/address.hpp"

#include <algorithm>

namespace gateway::keys {

std::string Url::authority() const {
    std::string text = host.find(':') != std::string::npos ? "[" + host + "]" : host;
    if (port != (tls ? 443 : 80)) text += ":" + std::to_string(port);
    return text;
}

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::size_t longest = 2048;
    if (text.size() > longest) return std::nullopt;
    std::string why;
    auto parsed = config::parse_url(text, why);
    if (!parsed) return std::nullopt;
    Url url;
    url.tls = parsed->scheme == "https";
    url.host = std::move(parsed->host);
    url.port = parsed->port;
    text.remove_prefix(text.find("://") + 3);
    const auto target = text.substr(std::min(text.find_first_of("/?"), text.size()));
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

} // namespace gateway::keys
