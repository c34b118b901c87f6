#pragma once

// Key text to keys: a JWK set (RFC 7517), PEM public keys or certificates, or a shared secret. A
// key that we cannot use is skipped and named, never an error of its set. What a set may hold is
// decided here, before OpenSSL sees it: sizes, exponents, curve points, small-order points (threats
// J80-J91).

#include "policy/jose/algorithm.hpp"
#include "policy/result.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace policy::jose {

class Key; // signature.hpp: checks signatures

/// Names a key by its material and use, so that proofs can be held against a later set: the SHA-256
/// of the RFC 7638 members and the algorithm it is bound to.
using KeyId = std::array<unsigned char, 32>;

struct SkippedKey {
    std::string kid;
    std::string why;
    bool leaked_private = false; ///< it carried private members: the provider must be told
};

enum class KeySetError : std::uint8_t { not_json, not_a_key_set, too_large, no_usable_key };
std::string_view to_string(KeySetError error);

/// Owns its keys. Keys keep their verification contexts, so a set belongs to one thread.
class KeySet {
public:
    KeySet();
    KeySet(KeySet&&) noexcept;
    KeySet& operator=(KeySet&&) noexcept;
    ~KeySet();

    bool empty() const { return keys_.empty(); }
    std::size_t size() const { return keys_.size(); }
    const std::vector<SkippedKey>& skipped() const { return skipped_; }
    const std::vector<std::unique_ptr<Key>>& keys() const { return keys_; }
    /// The key with this id, or nullptr: whether an earlier proof's key is still believed.
    Key* find(const KeyId& id) const;

private:
    friend class KeySetBuilder; // key_set_builder.hpp
    std::vector<std::unique_ptr<Key>> keys_;
    std::vector<SkippedKey> skipped_;
};

/// Bounds: 256 KiB, 100 keys seen, 50 used. An empty `keys` array is an error: it never means "no
/// keys". Where there is no set, `skipped` (if given) says why each key was refused.
Result<KeySet, KeySetError> parse_key_set(std::string_view json,
                                          std::vector<SkippedKey>* skipped = nullptr);
/// One or more PEM public keys or certificates; they carry no `kid` and so match tokens by type.
Result<KeySet, KeySetError> parse_pem_keys(std::string_view pem,
                                           std::vector<SkippedKey>* skipped = nullptr);
/// One secret for HS256, HS384 and HS512, as long as its length allows (RFC 7518 3.2).
Result<KeySet, KeySetError> make_secret_key(std::string_view secret);

} // namespace policy::jose
