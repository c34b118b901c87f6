#include "policy/rehearsal.hpp"

#include "policy/jose/base64url.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace policy {

namespace {

using config::KeySourceKind;
using jose::Algorithm;

/// Cheapest to make and to use first. A key of RSA takes a tenth of a second to make.
constexpr std::array preferred = {
    Algorithm::es256,   Algorithm::eddsa, Algorithm::es384, Algorithm::es512, Algorithm::rs256,
    Algorithm::ps256,   Algorithm::rs384, Algorithm::ps384, Algorithm::rs512, Algorithm::ps512,
    Algorithm::ed25519, Algorithm::ed448, Algorithm::hs256, Algorithm::hs384, Algorithm::hs512,
};

/// Whether the issuer's list has it; without a list every algorithm is allowed that goes with its
/// keys.
bool is_allowed(const config::Issuer& issuer, Algorithm algorithm) {
    const bool has_secret = issuer.keys.kind == KeySourceKind::secret;
    if (jose::is_symmetric(algorithm) != has_secret) return false;
    if (issuer.algorithms.empty()) return true;
    return std::ranges::any_of(issuer.algorithms, [&](const std::string& name) {
        return jose::parse_algorithm(name) == algorithm;
    });
}

using MadeKey = Result<jose::PrivateKey, jose::PrivateKeyError>;

MadeKey make_key(const config::Issuer& issuer, Algorithm algorithm) {
    if (issuer.keys.kind != KeySourceKind::secret) return jose::generate_private_key(algorithm);
    return jose::parse_private_key(R"({"kty":"oct","k":")" +
                                       jose::encode_base64url(issuer.keys.secret.reveal()) + "\"}",
                                   algorithm);
}

} // namespace

std::string_view to_string(RehearsalError error) {
    switch (error) {
    case RehearsalError::unknown_issuer: return "the configuration has no issuer of this name";
    case RehearsalError::bad_header: return "the header is not a JSON object without alg and kid";
    case RehearsalError::crypto_failed: return "OpenSSL could not do it";
    }
    return "unknown";
}

bool Rehearsal::add_signer(const config::Issuer& issuer, const std::string& file,
                           config::Problems& problems) {
    std::string why = "none of its algorithms goes with its keys";
    for (const Algorithm algorithm : preferred) {
        if (!is_allowed(issuer, algorithm)) continue;
        MadeKey key = make_key(issuer, algorithm);
        if (!key) {
            // A short secret may still be long enough for another of the list.
            why = to_string(key.error());
            continue;
        }
        std::string jwks = jose::is_symmetric(algorithm)
                               ? std::string()
                               : jose::to_public_jwks(std::span(&*key, 1));
        signers_.push_back({issuer.name, *std::move(key), std::move(jwks)});
        return true;
    }
    problems.push_back(
        {.file = file,
         .at = issuer.at,
         .message = "no token can be signed for issuer '" + issuer.name + "': " + why});
    return false;
}

std::unique_ptr<Rehearsal> Rehearsal::make(const config::Model& model, config::Problems& problems) {
    std::unique_ptr<Rehearsal> rehearsal(new Rehearsal);
    bool good = true;
    for (const config::Issuer& issuer : model.issuers)
        good = rehearsal->add_signer(issuer, model.file, problems) && good;
    rehearsal->snapshot_ = rehearsal->compile(model, problems);
    return good && rehearsal->snapshot_ ? std::move(rehearsal) : nullptr;
}

std::shared_ptr<const Snapshot> Rehearsal::compile(config::Model model,
                                                   config::Problems& problems) const {
    for (config::Issuer& issuer : model.issuers) {
        const Signer* signer = find(issuer.name);
        if (!signer || signer->jwks.empty()) continue;
        issuer.keys = {.at = issuer.keys.at, .kind = KeySourceKind::file, .text = signer->jwks};
    }
    return Snapshot::compile(std::make_shared<const config::Model>(std::move(model)), {}, problems);
}

const Rehearsal::Signer* Rehearsal::find(std::string_view issuer) const {
    const auto found = std::ranges::find(signers_, issuer, &Signer::issuer);
    return found == signers_.end() ? nullptr : &*found;
}

Result<std::string, RehearsalError>
Rehearsal::sign(std::string_view issuer, std::string_view header, std::string_view claims) const {
    const Signer* signer = find(issuer);
    if (!signer) return RehearsalError::unknown_issuer;
    auto token = jose::sign(signer->key, header, claims);
    if (token) return *std::move(token);
    return token.error() == jose::PrivateKeyError::bad_header ? RehearsalError::bad_header
                                                              : RehearsalError::crypto_failed;
}

} // namespace policy
