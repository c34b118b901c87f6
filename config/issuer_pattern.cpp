#include "config/issuer_pattern.hpp"

#include <algorithm>

namespace config {
namespace {

constexpr std::size_t longest_tenant = 256;

bool is_tenant(std::string_view text) {
    return !text.empty() && text.size() <= longest_tenant &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c > ' ' && c < 0x7f &&
                      std::string_view("/?#@:{}").find(c) == std::string_view::npos;
           });
}

std::size_t slashes(const IssuerPattern& pattern) {
    const auto count = std::count(pattern.before.begin(), pattern.before.end(), '/') +
                       std::count(pattern.after.begin(), pattern.after.end(), '/');
    return static_cast<std::size_t>(count);
}

} // namespace

IssuerPattern parse_issuer_pattern(std::string_view text) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? open : text.find('}', open);
    if (close == text.npos) return {text, {}, false};
    return {text.substr(0, open), text.substr(close + 1), true};
}

std::optional<std::string_view> find_tenant(const IssuerPattern& pattern, std::string_view iss) {
    if (!pattern.has_tenant)
        return iss == pattern.before ? std::optional(std::string_view()) : std::nullopt;
    if (iss.size() <= pattern.before.size() + pattern.after.size() ||
        !iss.starts_with(pattern.before) || !iss.ends_with(pattern.after))
        return std::nullopt;
    iss.remove_prefix(pattern.before.size());
    iss.remove_suffix(pattern.after.size());
    return is_tenant(iss) ? std::optional(iss) : std::nullopt;
}

bool may_meet(const IssuerPattern& a, const IssuerPattern& b) {
    const bool same_start = a.before.starts_with(b.before) || b.before.starts_with(a.before);
    const bool same_end = a.after.ends_with(b.after) || b.after.ends_with(a.after);
    return same_start && same_end && slashes(a) == slashes(b);
}

} // namespace config
