// Any bytes as a token, and any bytes as the header and claims of a token that is signed rightly.
// Nothing that is not signed is ever believed, and a proof is the same from the cache.

#include "policy/jose/base64url.hpp"
#include "policy/token/inspect.hpp"
#include "policy/token/validate.hpp"
#include "policy/token/verify.hpp"
#include "tests/support/token_builder.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace policy;

void require(bool holds) {
    if (!holds) std::abort();
}

/// One issuer with a secret, so that a signature costs little, and one with public keys.
struct Setting {
    config::Issuer settings[2];
    std::vector<token::Issuer> issuers{2};
    const jose::PrivateKey& secret = support::test_key(jose::Algorithm::hs256);

    Setting() {
        using jose::Algorithm;
        settings[0].issuer = "https://a.example";
        settings[1].issuer = "https://b.example";
        issuers[0].keys = *jose::make_secret_key(support::secret_bytes(secret));
        issuers[0].algorithms.add(Algorithm::hs256);
        issuers[1].keys = *jose::parse_key_set(support::public_jwks(
            {&support::test_key(Algorithm::rs256), &support::test_key(Algorithm::es256),
             &support::test_key(Algorithm::eddsa)}));
        issuers[1].algorithms = jose::AlgorithmSet::asymmetric();
        for (std::size_t i = 0; i < 2; ++i) {
            settings[i].name = settings[i].issuer;
            settings[i].audiences = {"api://gw"};
            issuers[i].settings = &settings[i];
            issuers[i].keys_known = true;
        }
    }
};

Setting& setting() {
    static Setting one;
    return one;
}

/// Whether the token was believed.
bool check(std::string_view token) {
    token::ProofCache cache(8, 1 << 20);
    const auto first =
        token::verify(token, setting().issuers, cache, support::test_now, 8192, true);
    const auto* verified = std::get_if<token::Verified>(&first);
    require(cache.size() == (verified ? 1u : 0u));
    if (!verified) return false;
    require(verified->proof->token == token);
    require(verified->issuer->settings->issuer == verified->proof->claims.issuer);
    token::validate(*verified->proof, *verified->issuer, support::test_now);
    const auto second =
        token::verify(token, setting().issuers, cache, support::test_now, 8192, true);
    const auto* cached = std::get_if<token::Verified>(&second);
    require(cached && cached->cached && cached->proof == verified->proof);
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // Nobody here has the keys of what comes in, but for the HMAC that the second half makes.
    require(!check(text));
    (void)token::parse_unverified(text);

    // HEADER LF CLAIMS, signed: so that what lies behind the signature is reached too.
    const std::size_t cut = text.find('\n');
    if (cut == std::string_view::npos) return 0;
    const std::string signed_text = jose::encode_base64url(text.substr(0, cut)) + '.' +
                                    jose::encode_base64url(text.substr(cut + 1));
    const auto signature = jose::sign_bytes(setting().secret, signed_text);
    require(signature.has_value());
    const std::string token = signed_text + '.' + jose::encode_base64url(*signature);
    if (!check(token)) return 0;
    std::string forged = *signature;
    forged[0] = static_cast<char>(forged[0] ^ 1);
    require(!check(signed_text + '.' + jose::encode_base64url(forged)));
    return 0;
}
