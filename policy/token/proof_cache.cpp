#include "policy/token/proof_cache.hpp"

#include "policy/jose/random.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace policy::token {

namespace {
constexpr std::size_t ways = 8;
}

ProofCache::ProofCache(std::size_t entries, std::size_t bytes)
    : slots_(entries == 0 ? 0 : std::bit_ceil(entries)), limit_bytes_(bytes) {
    if (!jose::fill_random(&key_, sizeof key_))
        throw std::runtime_error("no randomness for the proof cache");
}

std::span<ProofCache::Slot> ProofCache::set_of(std::uint64_t hash) {
    const std::size_t size = std::min(ways, slots_.size());
    const std::size_t sets = slots_.size() / size; // a power of two
    return {slots_.data() + (hash & (sets - 1)) * size, size};
}

const ProofPtr* ProofCache::find(std::string_view token) {
    if (slots_.empty()) return nullptr;
    const std::uint64_t tag = siphash(key_, token);
    for (Slot& slot : set_of(tag)) {
        if (slot.tag != tag || !slot.proof || slot.proof->token != token) continue;
        slot.used = ++clock_;
        ++hits_;
        return &slot.proof;
    }
    ++misses_;
    return nullptr;
}

void ProofCache::insert(ProofPtr proof) {
    const std::size_t needed = proof->memory();
    if (slots_.empty() || needed > limit_bytes_) return;
    erase(proof->token);
    const std::uint64_t tag = siphash(key_, proof->token);
    const std::span<Slot> set = set_of(tag);
    // The age of an empty slot is not looked at; the oldest goes otherwise. The clock may wrap,
    // hence the difference.
    Slot* place = &set.front();
    for (Slot& slot : set) {
        if (!place->proof) break;
        if (!slot.proof || clock_ - slot.used > clock_ - place->used) place = &slot;
    }
    drop(*place);
    make_room(needed);
    place->tag = tag;
    place->used = ++clock_;
    place->proof = std::move(proof);
    bytes_ += needed;
    ++size_;
}

void ProofCache::erase(std::string_view token) {
    if (slots_.empty()) return;
    const std::uint64_t tag = siphash(key_, token);
    for (Slot& slot : set_of(tag))
        if (slot.tag == tag && slot.proof && slot.proof->token == token) drop(slot);
}

void ProofCache::clear() {
    for (Slot& slot : slots_) drop(slot);
}

/// Goes round the table and drops what it meets until `bytes` more fit. Only memory asks for this,
/// and then age among sets hardly matters: what is in use comes back with its next request.
void ProofCache::make_room(std::size_t bytes) {
    while (bytes_ + bytes > limit_bytes_) {
        drop(slots_[hand_]);
        hand_ = (hand_ + 1) & (slots_.size() - 1);
    }
}

void ProofCache::drop(Slot& slot) {
    if (!slot.proof) return;
    bytes_ -= slot.proof->memory();
    --size_;
    slot = Slot{};
}

} // namespace policy::token
