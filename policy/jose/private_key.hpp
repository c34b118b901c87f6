#pragma once

// Keys that sign: what `keys generate` and `token sign` work with. Never on the request path, where
// keys only verify (signature.hpp). A private key's text is a secret: only to_jwk() and to_pem()
// give it away.

#include "policy/jose/algorithm.hpp"
#include "policy/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace policy::jose {

enum class PrivateKeyError : std::uint8_t {
    not_a_key,          ///< neither a JWK nor one PEM private key
    public_only,        ///< a key, but it cannot sign
    unsupported,        ///< a type, curve or encryption that we do not read
    too_weak,           ///< below the sizes of RFC 7518 3.2 and 3.3, or above ours
    inconsistent,       ///< its members do not belong together
    algorithm_mismatch, ///< the algorithm asked for is not one of this key's
    algorithm_missing,  ///< the key fits several algorithms and none was named
    bad_header,         ///< sign(): not a JSON object, or it sets `alg` or `kid` itself
    crypto_failed,      ///< OpenSSL refused: no randomness, no memory
};
std::string_view to_string(PrivateKeyError error); ///< a sentence for people, without a full stop

/// A private key or a shared secret, bound to one algorithm. Movable. One thread at a time.
class PrivateKey {
public:
    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey();

    Algorithm algorithm() const;
    const std::string& kid() const;         ///< never empty: the thumbprint where the key had none
    const std::string& thumbprint() const;  ///< RFC 7638 with SHA-256, base64url
    const std::string& description() const; ///< "RSA 2048", "EC P-256", "OKP Ed25519", "oct 256"

    struct Impl; ///< private_key.cpp's own
    explicit PrivateKey(std::unique_ptr<Impl> impl);
    const Impl& impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// A fresh key. An empty `kid` becomes the thumbprint. `rsa_bits`: 2048 to 4096. EdDSA makes an
/// Ed25519 key.
Result<PrivateKey, PrivateKeyError> generate_private_key(Algorithm algorithm, std::string kid = {},
                                                         unsigned rsa_bits = 2048);

/// A private JWK (RFC 7517; the set of one key too) or an unencrypted PEM private key. The
/// algorithm is the JWK's `alg`, or the one given, or what the key's type leaves no choice about
/// (an RSA key signs with RS256 then).
Result<PrivateKey, PrivateKeyError> parse_private_key(std::string_view text,
                                                      std::optional<Algorithm> algorithm = {});

/// A compact JWS (RFC 7515 7.1). `header` is a JSON object of further members, or empty: `alg` and
/// `kid` are the key's. The payload is taken as it is.
Result<std::string, PrivateKeyError> sign(const PrivateKey& key, std::string_view header,
                                          std::string_view payload);
/// The raw signature over exactly these bytes, in JWS form (r||s for ECDSA).
Result<std::string, PrivateKeyError> sign_bytes(const PrivateKey& key, std::string_view bytes);

std::string to_jwk(const PrivateKey& key); ///< private; one line of JSON with kid, alg and use
std::string to_pem(const PrivateKey& key); ///< private; PKCS #8, empty for a secret
std::string to_public_jwk(const PrivateKey& key); ///< empty for a secret: it has no public part
std::string
to_public_jwks(std::span<const PrivateKey> keys); ///< {"keys":[...]}: what an issuer publishes
std::string to_public_pem(const PrivateKey& key); ///< SubjectPublicKeyInfo, empty for a secret

} // namespace policy::jose
