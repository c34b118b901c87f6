#pragma once

// Keys and refusals on their way to a KeySet: the rules about several keys at once.

#include "policy/jose/key_factory.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/result.hpp"

#include <memory>
#include <string>
#include <vector>

namespace policy::jose {

class KeySetBuilder {
public:
    static constexpr std::size_t most_seen = 100, most_used = 50;

    void add(MadeKey made, const std::string& kid);
    void skip(SkippedKey key) { skipped_.push_back(std::move(key)); }

    /// An error when no key is left; the refusals then go to `skipped`, if it is given.
    Result<KeySet, KeySetError> finish(std::vector<SkippedKey>* skipped);

private:
    void refuse_ambiguous();
    void refuse_beyond_limit();

    std::vector<std::unique_ptr<Key>> keys_;
    std::vector<SkippedKey> skipped_;
};

} // namespace policy::jose
