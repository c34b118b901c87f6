#pragma once

// The compiled tree. A rule is a node whose children are its entries; an entry's children are
// rules.

#include "config/model.hpp"
#include "policy/address.hpp"
#include "policy/rule/matcher.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace policy::rule {

/// One line under `claims`, `request` or `certificate`.
struct NamedMatcher {
    enum class Source : std::uint8_t {
        claim,
        header,
        query,
        certificate_subject,
        certificate_san,
        certificate_fingerprint
    };
    const config::Match* settings = nullptr;
    Source source = Source::claim;
    ClaimPath claim;
    std::string name; ///< header (lower case), query
    Matcher matcher;
};

struct Node {
    const config::Entry* entry = nullptr; ///< nullptr: a rule, all of whose entries must hold
    config::Position at;
    bool shadow = false;
    std::uint8_t shadow_index = 0; ///< of a rule in shadow mode: its place in Rule::shadows()
    std::vector<Node> children;

    std::vector<std::string> names; ///< scopes, any_scope, roles, groups, acr, client
    std::vector<NamedMatcher> matchers;
    std::vector<Network> networks;
    std::size_t issuer = 0;
    std::string acr_values; ///< acr: the names, space separated
};

} // namespace policy::rule
