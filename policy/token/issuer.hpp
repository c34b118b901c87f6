#pragma once

// One issuer as the token stages read it: its settings compiled, and its keys of this snapshot.

#include "config/model.hpp"
#include "policy/clock.hpp"
#include "policy/jose/algorithm.hpp"
#include "policy/jose/key_set.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy::token {

struct Issuer {
    /// Whether `iss` is one of its names, of a tenant that counts. Allocates nothing.
    bool is_named(std::string_view iss) const;

    const config::Issuer* settings = nullptr; ///< lives in the snapshot's model
    jose::AlgorithmSet algorithms;
    jose::KeySet keys;
    bool keys_known = false;  ///< false: no key set was ever had; its tokens are answered 503
    bool refetchable = false; ///< a remote source: an unknown kid may be worth asking again
    TimePoint next_fetch{};   ///< before this time an unknown kid is simply unknown (negative cache
                              ///< by cool-down)
};

/// The tenant that an `iss` of this issuer names, empty for an issuer without tenants. Nothing when
/// `iss` is none of its names, byte for byte, or its tenant is not among those that count.
/// Allocates nothing.
std::optional<std::string_view> find_tenant(const config::Issuer& settings, std::string_view iss);

/// False for a key whose `issuer` member names someone else: providers of many tenants publish the
/// keys of all in one set.
bool is_key_for(const jose::Key& key, std::string_view iss);

} // namespace policy::token
