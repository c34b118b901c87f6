#pragma once

// One issuer as the token stages read it: its settings compiled, and its keys of this snapshot.

#include "config/model.hpp"
#include "policy/clock.hpp"
#include "policy/jose/algorithm.hpp"
#include "policy/jose/key_set.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace policy::token {

struct Issuer {
    /// Whether `iss` is one of its names, byte for byte.
    bool is_named(std::string_view iss) const {
        const auto& others = settings->other_issuers;
        return settings->issuer == iss ||
               std::find(others.begin(), others.end(), iss) != others.end();
    }

    const config::Issuer* settings = nullptr; ///< lives in the snapshot's model
    jose::AlgorithmSet algorithms;
    jose::KeySet keys;
    bool keys_known = false;  ///< false: no key set was ever had; its tokens are answered 503
    bool refetchable = false; ///< a remote source: an unknown kid may be worth asking again
    TimePoint next_fetch{};   ///< before this time an unknown kid is simply unknown (negative cache
                              ///< by cool-down)
};

} // namespace policy::token
