#pragma once

// A value of `iss` as the file writes it: a text, or one that holds `{tenant}` once, for a provider
// that issues for many tenants under names of one form.

#include <optional>
#include <string_view>

namespace config {

inline constexpr std::string_view tenant_mark = "{tenant}";

/// Views into the text that it was read from.
struct IssuerPattern {
    std::string_view before, after;
    bool has_tenant = false;
};

/// What stands between the first pair of braces is the tenant's place, whatever its name there.
IssuerPattern parse_issuer_pattern(std::string_view text);

/// What stands in the tenant's place of an `iss` that fits, empty where the pattern has none;
/// nothing when it does not fit. A tenant has 1 to 256 visible bytes of ASCII and none of
/// `/ ? # @ : { }`, so it never reaches over a part of a URL. Allocates nothing.
std::optional<std::string_view> find_tenant(const IssuerPattern& pattern, std::string_view iss);

/// Whether some `iss` may fit both, where both have tenants and those are unknown.
bool may_meet(const IssuerPattern& a, const IssuerPattern& b);

} // namespace config
