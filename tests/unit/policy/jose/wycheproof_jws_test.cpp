// Project Wycheproof: whole compact tokens against one key or key set. Their payloads are no
// claims, so they end below the token stages.

#include "policy/jose/base64url.hpp"
#include "policy/jose/jws.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/jose/key_set_builder.hpp"
#include "policy/jose/signature.hpp"
#include "policy/token/header.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/policy/jose/deliberate_differences.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using support::text_of;

/// Secrets are what a configuration would name: each is its own, with the rules of its JWK.
void add_secret(KeySetBuilder& builder, JsonValue jwk) {
    const std::string kid(text_of(jwk, "kid"));
    const auto algorithm = parse_algorithm(text_of(jwk, "alg"));
    const bool for_signatures = !jwk.find("use") || text_of(jwk, "use") == "sig";
    const auto secret = decode_base64url(text_of(jwk, "k"));
    if (algorithm && for_signatures && secret)
        builder.add(make_hmac_key({kid, algorithm}, *secret), kid);
}

bool is_secret(JsonValue jwk) { return text_of(jwk, "kty") == "oct"; }

/// A group's keys: a JWK or a set as a provider would publish it, or nothing but secrets.
KeySet keys_of(JsonValue group) {
    const auto published = group.find("public") ? group.find("public") : group.find("private");
    std::string text = support::to_text(*published);
    if (!published->find("keys")) text = R"({"keys":[)" + text + "]}";

    const auto document = support::to_json(text);
    KeySetBuilder builder;
    bool only_secrets = true;
    for (auto jwk = document.root().find("keys")->first(); jwk; jwk = jwk->next()) {
        only_secrets = only_secrets && is_secret(*jwk);
        add_secret(builder, *jwk);
    }
    auto set = only_secrets ? builder.finish(nullptr) : parse_key_set(text);
    return set ? *std::move(set) : KeySet{};
}

bool is_believed(const KeySet& keys, std::string_view token) {
    const auto jws = split_jws(token);
    if (!jws) return false;
    const auto header_text = decode_base64url(jws->header),
               signature = decode_base64url(jws->signature);
    if (!header_text || !signature || !decode_base64url(jws->payload)) return false;
    const auto header = token::parse_header(*header_text, {});
    if (!header) return false;
    for (const auto& key : keys.keys()) {
        const bool named = !header->key_id || key->kid().empty() || key->kid() == *header->key_id;
        if (named && key->verify(header->algorithm, jws->signed_text, *signature)) return true;
    }
    return false;
}

/// How many tests there were.
int run(const char* file) {
    int seen = 0;
    const auto document = support::read_json_data(std::string("wycheproof/") + file);
    const JsonValue groups = *document.root().find("testGroups");
    for (auto group = groups.first(); group; group = group->next()) {
        const KeySet keys = keys_of(*group);
        for (auto test = group->find("tests")->first(); test; test = test->next()) {
            const auto token = test->find("jws");
            ++seen;
            if (!token) {
                EXPECT_FALSE(split_jws(text_of(*test, "jwe"))) << text_of(*test, "comment");
                continue;
            }
            const int id = static_cast<int>(test->find("tcId")->number().integer);
            const bool differs = deliberate_differences.contains({file, id});
            const bool expected = (text_of(*test, "result") == "valid") != differs;
            EXPECT_EQ(is_believed(keys, token->is(JsonType::string) ? token->text() : ""), expected)
                << file << " tcId " << id << ": " << text_of(*group, "comment") << ", "
                << text_of(*test, "comment");
        }
    }
    return seen;
}

TEST(WycheproofJws, JudgesEveryTokenOfTheSignatureFile) {
    EXPECT_EQ(run("json_web_signature_test.json"), 401);
}

TEST(WycheproofJws, JudgesEveryTokenOfTheKeyFile) { EXPECT_EQ(run("json_web_key_test.json"), 26); }

TEST(WycheproofJws, JudgesEveryTokenOfTheCryptoFile) {
    EXPECT_EQ(run("json_web_crypto_test.json"), 83);
}

TEST(WycheproofJws, RefusesEveryEncryptedToken) {
    const auto document = support::read_json_data("wycheproof/json_web_encryption_test.json");
    int seen = 0;
    for (auto group = document.root().find("testGroups")->first(); group; group = group->next())
        for (auto test = group->find("tests")->first(); test; test = test->next(), ++seen)
            EXPECT_FALSE(split_jws(text_of(*test, "jwe"))) << text_of(*test, "comment");
    EXPECT_EQ(seen, 139);
}

} // namespace
} // namespace policy::jose
