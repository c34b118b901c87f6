#include "gateway/keys/freshness.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <charconv>

namespace gateway::keys {
namespace {

using boost::beast::iequals;

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Delta-seconds (RFC 9111 1.2.2): what does not fit counts as very long.
std::optional<std::int64_t> parse_seconds(std::string_view text) {
    constexpr std::int64_t longest = 1ll << 31;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? std::min(value, longest) : longest;
}

} // namespace

std::optional<std::chrono::seconds> parse_max_age(std::string_view cache_control,
                                                  std::string_view age) {
    std::optional<std::int64_t> max_age;
    while (!cache_control.empty()) {
        const auto part = cache_control.substr(0, cache_control.find(','));
        cache_control.remove_prefix(std::min(part.size() + 1, cache_control.size()));
        const auto name = trim(part.substr(0, part.find('=')));
        if (iequals(name, "no-store") || iequals(name, "no-cache")) return std::chrono::seconds(0);
        if (!iequals(name, "max-age") || part.find('=') == std::string_view::npos) continue;
        auto value = trim(part.substr(part.find('=') + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        max_age = parse_seconds(value);
    }
    if (!max_age) return std::nullopt;
    const std::int64_t passed = parse_seconds(trim(age)).value_or(0);
    return std::chrono::seconds(std::max<std::int64_t>(*max_age - passed, 0));
}

} // namespace gateway::keys
