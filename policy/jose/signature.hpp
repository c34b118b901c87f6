#pragma once

// The only place that asks OpenSSL whether a signature is right. Digests are fetched once, contexts
// are kept with their key, so a check takes no lock that another thread wants. Not thread-safe: one
// Key, one thread.

#include "policy/jose/algorithm.hpp"
#include "policy/jose/key_set.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace policy::jose {

enum class KeyType : std::uint8_t { rsa, ec, okp, oct }; ///< `kty` (RFC 7518 6.1, RFC 8037 2)

class Key {
public:
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    virtual ~Key() = default;

    KeyType type() const { return type_; }
    const std::string& kid() const { return kid_; } ///< empty: the key has none
    /// Whose tokens it signs, where the set says so (a member of Entra's); empty: not said.
    const std::string& issuer() const { return issuer_; }
    void set_issuer(std::string issuer) { issuer_ = std::move(issuer); } ///< before it is used
    const KeyId& id() const { return id_; }
    const KeyId& material() const { return material_; } ///< the same for every use of the same key
    /// The algorithms this key may be used with: exactly one where the JWK says `alg`.
    const AlgorithmSet& algorithms() const { return algorithms_; }
    /// For people: "RSA 2048", "EC P-256", "OKP Ed25519", "oct 256".
    const std::string& description() const { return description_; }

    /// True only for a right signature over `signed_text`, made with `algorithm`, which must be in
    /// algorithms(). Leaves OpenSSL's error queue empty. Wrong lengths are refused before OpenSSL
    /// is asked (RFC 7518 3.3-3.5).
    virtual bool verify(Algorithm algorithm, std::string_view signed_text,
                        std::string_view signature) = 0;

protected:
    /// `members`: those that RFC 7638 names, in canonical form.
    Key(KeyType type, std::string kid, AlgorithmSet algorithms, std::string_view members,
        std::string description);

private:
    KeyType type_;
    std::string kid_, issuer_;
    AlgorithmSet algorithms_;
    KeyId material_, id_;
    std::string description_;
};

} // namespace policy::jose
