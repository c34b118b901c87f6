#pragma once

// Token bytes to a Proof: form, header, issuer by `iss`, algorithm on that issuer's list, key by
// `kid`, signature. Order: cheap refusals before expensive ones. Nothing in a token chooses a key
// source, an algorithm or a file.

#include "policy/clock.hpp"
#include "policy/reason.hpp"
#include "policy/token/issuer.hpp"
#include "policy/token/proof.hpp"
#include "policy/token/proof_cache.hpp"

#include <span>
#include <string_view>
#include <variant>

namespace policy::token {

/// The key that signed is not in the set, and asking the provider again may help.
struct KeyWanted {
    std::size_t issuer; ///< index in the span of issuers
};

/// Reason: why it is not believed.
struct Verified {
    ProofPtr proof;
    const Issuer* issuer;
    bool cached;
};
using Verdict = std::variant<Verified, Reason, KeyWanted>;

/// `may_wait` false: an unknown key is final. `limit` is the longest token in bytes. Never throws.
Verdict verify(std::string_view token, std::span<const Issuer> issuers, ProofCache& cache,
               TimePoint now, std::size_t limit, bool may_wait);

} // namespace policy::token
