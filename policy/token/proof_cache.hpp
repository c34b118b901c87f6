#pragma once

// The proofs of tokens seen lately: one per worker, bounded in entries and bytes, looked up by a
// keyed hash and compared whole. Only what find() returned after a full comparison is believed, and
// the caller still holds the key against today's set. Set-associative: eviction touches one small
// set, so made-up tokens cannot flush it (they never enter).

#include "policy/token/proof.hpp"
#include "policy/token/siphash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace policy::token {

class ProofCache {
public:
    /// The table is made at once, 32 bytes an entry; proofs are counted against `bytes`. `entries`
    /// is rounded up to a power of two; 0 keeps nothing. Throws std::runtime_error when there is no
    /// randomness for its hash.
    ProofCache(std::size_t entries, std::size_t bytes);

    /// Allocates nothing. nullptr when the token is not known.
    const ProofPtr* find(std::string_view token);
    void insert(ProofPtr proof);
    void erase(std::string_view token);
    void clear();

    std::size_t size() const { return size_; }
    std::size_t bytes() const { return bytes_; }
    std::uint64_t hits() const { return hits_; }
    std::uint64_t misses() const { return misses_; }

private:
    struct Slot {
        std::uint64_t tag = 0;
        std::uint32_t used = 0; ///< clock of the last hit
        ProofPtr proof;
    };
    std::span<Slot> set_of(std::uint64_t hash);
    void make_room(std::size_t bytes);
    void drop(Slot& slot);

    std::vector<Slot> slots_;
    SipHashKey key_;       ///< random for each cache
    std::size_t hand_ = 0; ///< where make_room() goes on
    std::size_t limit_bytes_;
    std::size_t size_ = 0, bytes_ = 0;
    std::uint32_t clock_ = 0;
    std::uint64_t hits_ = 0, misses_ = 0;
};

} // namespace policy::token
