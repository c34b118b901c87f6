// Keys that stand in the file or beside it. What is fetched shows in the log of the running
// gateway.

#include "policy/review/families.hpp"

#include <bitset>

namespace policy::review {

namespace {

constexpr std::size_t fewest_different = 8; ///< bytes of a secret; 32 random ones have about 30

std::size_t different_bytes(std::string_view secret) {
    std::bitset<256> seen;
    for (const char c : secret) seen.set(static_cast<unsigned char>(c));
    return seen.count();
}

} // namespace

void review_keys(Review& review) {
    for (const token::Issuer& issuer : review.snapshot.issuers()) {
        const config::Issuer& settings = *issuer.settings;
        if (issuer.refetchable) continue;
        for (const jose::SkippedKey& skipped : issuer.keys.skipped())
            review.warn(settings.keys.at, "unusable_key",
                        (skipped.kid.empty() ? "a key" : "the key '" + skipped.kid + "'") +
                            " of this issuer is not used: " + skipped.why,
                        "tokens that it signs are refused; replace it, or remove it");
        const std::string& secret = settings.keys.secret.reveal();
        if (!secret.empty() && different_bytes(secret) < fewest_different)
            review.warn(settings.keys.at, "weak_key",
                        "this secret repeats a few characters, so it can be guessed",
                        "make one with `openssl rand -base64 64`");
    }
}

} // namespace policy::review
