#include "policy/token/issuer.hpp"

#include "config/issuer_pattern.hpp"
#include "policy/jose/signature.hpp"

#include <algorithm>

namespace policy::token {

namespace {

bool is_known_tenant(const config::Tenant& tenant, std::string_view name) {
    return tenant.any ||
           std::binary_search(tenant.one_of.begin(), tenant.one_of.end(), name, std::less<>());
}

} // namespace

bool Issuer::is_named(std::string_view iss) const {
    return find_tenant(*settings, iss).has_value();
}

std::optional<std::string_view> find_tenant(const config::Issuer& settings, std::string_view iss) {
    if (iss.empty()) return std::nullopt;
    const auto find = [&](std::string_view name) -> std::optional<std::string_view> {
        if (!settings.tenant) return name == iss ? std::optional(std::string_view()) : std::nullopt;
        const auto tenant = config::find_tenant(config::parse_issuer_pattern(name), iss);
        if (!tenant || tenant->empty() || is_known_tenant(*settings.tenant, *tenant)) return tenant;
        return std::nullopt;
    };
    auto found = find(settings.issuer);
    for (const std::string& other : settings.other_issuers)
        if (!found) found = find(other);
    return found;
}

bool is_key_for(const jose::Key& key, std::string_view iss) {
    return key.issuer().empty() ||
           config::find_tenant(config::parse_issuer_pattern(key.issuer()), iss).has_value();
}

} // namespace policy::token
