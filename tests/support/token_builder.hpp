#pragma once

// Tokens for tests: good ones by default, and broken in one place by one call.

#include "policy/clock.hpp"
#include "policy/jose/algorithm.hpp"
#include "policy/jose/private_key.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

/// The time at which the builder's tokens are good: 2023-11-14T22:13:20Z.
inline constexpr policy::TimePoint test_now{std::chrono::seconds{1'700'000'000}};

/// One of the fixed keys in tests/data/keys, made for `algorithm`; its `kid` is the file's name
/// without the end: "rsa-a" for RS* and PS*, "p256-a", "p384-a", "p521-a", "ed25519-a", "secret-a".
/// `which` is 'a' or 'b'.
const policy::jose::PrivateKey& test_key(policy::jose::Algorithm algorithm, char which = 'a');

/// The set that publishes these keys; secrets are left out.
std::string public_jwks(std::initializer_list<const policy::jose::PrivateKey*> keys);
/// The bytes of a secret key.
std::string secret_bytes(const policy::jose::PrivateKey& key);

/// Values are JSON text: claim("sub", "\"ada\""). Setting a name again replaces it.
class TokenBuilder {
public:
    /// iss https://a.example, aud api://gw, sub ada, iat one minute before and exp five minutes
    /// after test_now.
    TokenBuilder();

    TokenBuilder& claim(std::string_view name, std::string_view json);
    TokenBuilder& no_claim(std::string_view name);
    TokenBuilder& payload(std::string bytes); ///< instead of the claims, as it is
    TokenBuilder& header(std::string_view name, std::string_view json); ///< `alg` and `kid` too
    TokenBuilder& no_header(std::string_view name); ///< also leaves out `alg` or `kid`
    TokenBuilder& header_text(std::string bytes);   ///< instead of the members, as it is

    /// `alg` and `kid` are the key's unless header() said otherwise; the signature is always the
    /// key's.
    std::string sign(const policy::jose::PrivateKey& key) const;
    /// header.payload as sign() would sign it.
    std::string signed_text(const policy::jose::PrivateKey& key) const;

private:
    using Members = std::vector<std::pair<std::string, std::string>>;
    Members header_, claims_;
    std::vector<std::string> left_out_;
    std::string payload_, header_text_;
    bool has_payload_ = false, has_header_text_ = false;
};

/// `token` with other bytes in place of its signature.
std::string with_signature(std::string_view token, std::string_view signature);
/// The signature's bytes.
std::string signature_of(std::string_view token);

} // namespace support
