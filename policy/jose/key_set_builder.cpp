#include "policy/jose/key_set_builder.hpp"

#include <algorithm>

namespace policy::jose {

void KeySetBuilder::add(MadeKey made, const std::string& kid) {
    if (!made) return skip({kid, made.error().why, false});
    std::unique_ptr<Key> key = *std::move(made);
    const bool known = std::any_of(keys_.begin(), keys_.end(), [&](const auto& other) {
        return other->id() == key->id() && other->kid() == key->kid();
    });
    if (!known) keys_.push_back(std::move(key));
}

/// Two keys of one type under one name: a token cannot say which it means, so neither is believed
/// (RFC 7517 4.5).
void KeySetBuilder::refuse_ambiguous() {
    const auto is_ambiguous = [&](const std::unique_ptr<Key>& key) {
        return !key->kid().empty() &&
               std::any_of(keys_.begin(), keys_.end(), [&](const auto& other) {
                   return other->kid() == key->kid() && other->type() == key->type() &&
                          other->material() != key->material();
               });
    };
    std::vector<bool> ambiguous;
    for (const auto& key : keys_) ambiguous.push_back(is_ambiguous(key));
    std::vector<std::unique_ptr<Key>> kept;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (ambiguous[i])
            skip({keys_[i]->kid(), "several keys of its type have this `kid`", false});
        else
            kept.push_back(std::move(keys_[i]));
    }
    keys_ = std::move(kept);
}

void KeySetBuilder::refuse_beyond_limit() {
    for (std::size_t i = most_used; i < keys_.size(); ++i)
        skip({keys_[i]->kid(), "more than 50 usable keys come before it", false});
    if (keys_.size() > most_used) keys_.resize(most_used);
}

Result<KeySet, KeySetError> KeySetBuilder::finish(std::vector<SkippedKey>* skipped) {
    refuse_ambiguous();
    refuse_beyond_limit();
    if (keys_.empty()) {
        if (skipped) *skipped = std::move(skipped_);
        return KeySetError::no_usable_key;
    }
    KeySet set;
    set.keys_ = std::move(keys_);
    set.skipped_ = std::move(skipped_);
    return set;
}

} // namespace policy::jose
