#pragma once

// What a PrivateKey is made of; shared by the sources that read, make, write and use one.

#include "policy/jose/openssl.hpp"
#include "policy/jose/private_key.hpp"

#include <string>

namespace policy::jose {

struct PrivateKey::Impl {
    Algorithm algorithm{};
    std::string kid, thumbprint, description;
    std::string members; ///< those that RFC 7638 names, as a JSON object; a secret's are the secret
    PkeyPtr pkey;        ///< empty for a secret
    std::string secret;

    ~Impl(); ///< wipes the secret
};

using MadePrivateKey = Result<PrivateKey, PrivateKeyError>;

/// Holds the key against the rules of public keys, picks the algorithm, and signs once to see that
/// its parts belong together. Exactly one of `pkey` and `secret` is given.
MadePrivateKey finish_private_key(PkeyPtr pkey, std::string secret, std::string kid,
                                  std::optional<Algorithm> algorithm);

} // namespace policy::jose
