#include "policy/token/verify.hpp"

#include "policy/jose/base64url.hpp"
#include "policy/jose/jws.hpp"
#include "policy/jose/signature.hpp"
#include "policy/token/claims.hpp"
#include "policy/token/header.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace policy::token {

namespace {

constexpr std::size_t longest_token = 32 * 1024;
constexpr std::size_t longest_signature = 1024; ///< bytes; RSA 4096 has 512
constexpr int most_attempts = 4;                ///< keys tried for a token that names none

/// A token taken apart, and nothing of it believed.
struct Parts {
    jose::Jws jws;
    Header header;
    Claims claims;
    std::array<char, longest_signature> signature;
    std::size_t signature_size = 0;

    std::string_view signature_bytes() const { return {signature.data(), signature_size}; }
};

/// The issuer whose word the proof was, if its key and algorithm still count today.
const Issuer* still_believed(const Proof& proof, std::span<const Issuer> issuers) {
    for (const Issuer& issuer : issuers) {
        if (issuer.settings->name != proof.issuer_name) continue;
        const jose::Key* key = issuer.keys.find(proof.key);
        const bool counts = key && issuer.is_named(proof.claims.issuer) &&
                            issuer.algorithms.has(proof.header.algorithm) &&
                            is_key_for(*key, proof.claims.issuer);
        return counts ? &issuer : nullptr;
    }
    return nullptr;
}

/// Reason::allowed when the form is right.
Reason take_apart(std::string_view token, std::size_t limit, Parts& parts) {
    const auto jws = jose::split_jws(token);
    if (!jws) return Reason::token_malformed;
    // A quarter of the token is room enough for a header.
    if (jws->header.size() > limit / 4) return Reason::token_malformed;
    if (jws->signature.size() > longest_signature) return Reason::bad_signature;
    std::array<char, jose::decoded_size(longest_token)> bytes;

    const auto header_size = jose::decode_base64url(jws->header, bytes.data());
    if (!header_size) return Reason::token_malformed;
    auto header = parse_header({bytes.data(), *header_size}, {.bytes = bytes.size()});
    if (!header) return header.error();

    const auto claims_size = jose::decode_base64url(jws->payload, bytes.data());
    if (!claims_size) return Reason::token_malformed;
    auto claims = parse_claims({bytes.data(), *claims_size}, {.bytes = bytes.size()});
    if (!claims) return claims.error();

    const auto signature_size = jose::decode_base64url(jws->signature, parts.signature.data());
    if (!signature_size) return Reason::token_malformed;
    parts.jws = *jws;
    parts.header = *std::move(header);
    parts.claims = *std::move(claims);
    parts.signature_size = *signature_size;
    return Reason::allowed;
}

struct Search {
    const jose::Key* signer = nullptr;
    bool named = false; ///< a fitting key has the token's `kid`
    bool attempted = false;
};

/// First the keys that the token names; where none fits, a few of those that have no name (RFC
/// 7515 4.1.4: `kid` is a hint). A token without `kid` may mean any.
Search find_signer(const Issuer& issuer, const Parts& parts) {
    const std::string_view wanted =
        parts.header.key_id ? std::string_view(*parts.header.key_id) : std::string_view{};
    Search search;
    int attempts = 0;
    const auto signed_by = [&](jose::Key& key) {
        search.attempted = true;
        ++attempts;
        return key.verify(parts.header.algorithm, parts.jws.signed_text, parts.signature_bytes());
    };
    for (const bool by_name : {true, false}) {
        if (by_name && wanted.empty()) continue;
        for (const auto& key : issuer.keys.keys()) {
            const bool candidate =
                by_name ? key->kid() == wanted : wanted.empty() || key->kid().empty();
            if (!candidate || !key->algorithms().has(parts.header.algorithm)) continue;
            if (!is_key_for(*key, parts.claims.issuer)) continue;
            if (attempts == most_attempts) return search;
            search.named = search.named || by_name;
            if (signed_by(*key)) {
                search.signer = key.get();
                return search;
            }
        }
        if (search.named) return search;
    }
    return search;
}

Verdict check_signature(std::string_view token, Parts&& parts, std::span<const Issuer> issuers,
                        const Issuer& issuer, ProofCache& cache, TimePoint now, bool may_wait) {
    const KeyWanted wanted{static_cast<std::size_t>(&issuer - issuers.data())};
    const bool may_fetch = issuer.refetchable && may_wait;
    if (!issuer.keys_known) return may_fetch ? Verdict(wanted) : Verdict(Reason::keys_unavailable);

    const Search search = find_signer(issuer, parts);
    if (!search.signer) {
        if (search.named) return Reason::bad_signature;
        if (may_fetch && now >= issuer.next_fetch) return wanted;
        return search.attempted ? Reason::bad_signature : Reason::unknown_key;
    }
    auto proof = std::make_shared<Proof>();
    proof->token = token;
    proof->header = std::move(parts.header);
    proof->claims = std::move(parts.claims);
    proof->issuer_name = issuer.settings->name;
    proof->key = search.signer->id();
    cache.insert(proof);
    return Verified{std::move(proof), &issuer, false};
}

Verdict verify_or_throw(std::string_view token, std::span<const Issuer> issuers, ProofCache& cache,
                        TimePoint now, std::size_t limit, bool may_wait) {
    limit = std::min(limit, longest_token);
    if (token.size() > limit) return Reason::token_too_large;
    if (const ProofPtr* known = cache.find(token)) {
        if (const Issuer* issuer = still_believed(**known, issuers))
            return Verified{*known, issuer, true};
        cache.erase(token);
    }
    Parts parts;
    if (const Reason reason = take_apart(token, limit, parts); reason != Reason::allowed)
        return reason;
    const auto issuer = std::find_if(issuers.begin(), issuers.end(), [&](const Issuer& candidate) {
        return candidate.is_named(parts.claims.issuer);
    });
    if (issuer == issuers.end()) return Reason::unknown_issuer;
    if (!issuer->algorithms.has(parts.header.algorithm)) return Reason::algorithm_not_allowed;
    return check_signature(token, std::move(parts), issuers, *issuer, cache, now, may_wait);
}

} // namespace

Verdict verify(std::string_view token, std::span<const Issuer> issuers, ProofCache& cache,
               TimePoint now, std::size_t limit, bool may_wait) {
    try {
        return verify_or_throw(token, issuers, cache, now, limit, may_wait);
    } catch (const std::exception&) {
        return Reason::internal_error; // no memory: the answer is no
    }
}

} // namespace policy::token
