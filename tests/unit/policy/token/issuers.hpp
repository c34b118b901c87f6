#pragma once

// Two issuers as the token stages see them, with keys from tests/data/keys.

#include "policy/jose/signature.hpp"
#include "policy/token/issuer.hpp"
#include "policy/token/proof_cache.hpp"
#include "policy/token/verify.hpp"
#include "tests/support/token_builder.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace policy::token {

/// https://a.example (RS256, ES256, EdDSA keys, fetched) and https://b.example (the 'b' keys under
/// the kids of A's).
class Issuers {
public:
    Issuers() {
        using jose::Algorithm;
        add("a", "https://a.example",
            support::public_jwks({&support::test_key(Algorithm::rs256),
                                  &support::test_key(Algorithm::es256),
                                  &support::test_key(Algorithm::eddsa)}));
        std::string jwks = support::public_jwks({&support::test_key(Algorithm::rs256, 'b')});
        jwks.replace(jwks.find("rsa-b"), 5, "rsa-a");
        add("b", "https://b.example", jwks);
    }

    void add(std::string name, std::string issuer, const std::string& jwks) {
        auto& settings = settings_.emplace_back(std::make_unique<config::Issuer>());
        settings->name = std::move(name);
        settings->issuer = std::move(issuer);
        settings->audiences = {"api://gw"};
        Issuer& added = issuers_.emplace_back();
        added.settings = settings.get();
        added.algorithms = jose::AlgorithmSet::asymmetric();
        set_keys(issuers_.size() - 1, jwks);
        added.keys_known = true;
    }
    void set_keys(std::size_t index, const std::string& jwks) {
        auto keys = jose::parse_key_set(jwks);
        issuers_[index].keys = keys ? *std::move(keys) : jose::KeySet{};
    }

    config::Issuer& settings(std::size_t index) { return *settings_[index]; }
    Issuer& operator[](std::size_t index) { return issuers_[index]; }
    const std::vector<Issuer>& all() const { return issuers_; }

    Verdict verify(std::string_view token, bool may_wait = true) {
        return token::verify(token, issuers_, cache, support::test_now, 8192, may_wait);
    }
    /// Reason::allowed for a proof; a KeyWanted fails the test.
    Reason reason_of(std::string_view token) {
        const Verdict verdict = verify(token);
        if (std::holds_alternative<Verified>(verdict)) return Reason::allowed;
        const Reason* reason = std::get_if<Reason>(&verdict);
        EXPECT_TRUE(reason) << "a key is wanted";
        return reason ? *reason : Reason::internal_error;
    }

    ProofCache cache{64, 1 << 20};

private:
    std::vector<std::unique_ptr<config::Issuer>> settings_;
    std::vector<Issuer> issuers_;
};

} // namespace policy::token
