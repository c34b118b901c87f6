#pragma once

// One JSON Web Key (RFC 7517 4) of a set that came from outside: public keys only.

#include "policy/jose/key_factory.hpp"
#include "policy/json.hpp"

#include <string>

namespace policy::jose {

struct ReadJwk {
    std::string
        kid; ///< for the log where the key was refused; empty when it has none that can be shown
    MadeKey key;
    bool leaked_private = false; ///< it carries private members
};

ReadJwk read_jwk(JsonValue jwk);

} // namespace policy::jose
