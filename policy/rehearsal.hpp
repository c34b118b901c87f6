#pragma once

// A configuration whose issuers have keys of our own, so that any claims can be signed in the name
// of any issuer and then go the whole way through admit(), signature included. For tests of
// policies: nothing that is signed here is believed by a running gateway, except in the name of an
// issuer whose key is a shared secret, which stays as it is.
//
// Keys are made in memory when the rehearsal is made, one for each issuer, of the cheapest
// algorithm that the issuer allows. Pure but for the randomness of the keys. One thread at a time.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/jose/private_key.hpp"
#include "policy/result.hpp"
#include "policy/snapshot.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

enum class RehearsalError : std::uint8_t {
    unknown_issuer, ///< the configuration has no issuer of that name
    bad_header,     ///< no JSON object, or it sets `alg` or `kid` itself
    crypto_failed,
};
std::string_view to_string(RehearsalError error); ///< a sentence without a full stop

class Rehearsal {
public:
    /// Errors, those of Snapshot::compile() among them, are added to `problems`; then the result is
    /// nullptr. `model` is copied.
    static std::unique_ptr<Rehearsal> make(const config::Model& model, config::Problems& problems);

    /// Its model is `model` with other key sources; places and names are the same.
    const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

    /// A token of the issuer that the configuration calls `issuer`. `header` is a JSON object of
    /// members beside `alg` and `kid`, or empty; `claims` is the payload, taken as it is.
    Result<std::string, RehearsalError> sign(std::string_view issuer, std::string_view header,
                                             std::string_view claims) const;

    /// Another configuration with the same issuers, which believe the same keys: tokens and proofs
    /// stay good from one to the other. nullptr after errors, as in make().
    std::shared_ptr<const Snapshot> compile(config::Model model, config::Problems& problems) const;

private:
    struct Signer {
        std::string issuer;
        jose::PrivateKey key;
        std::string jwks; ///< empty for a shared secret: the model has it
    };
    bool add_signer(const config::Issuer& issuer, const std::string& file,
                    config::Problems& problems);
    const Signer* find(std::string_view issuer) const;

    std::vector<Signer> signers_;
    std::shared_ptr<const Snapshot> snapshot_;
};

} // namespace policy
