#include "policy/jose/rsa_modulus.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

TEST(RsaModulus, CountsBits) {
    using namespace std::string_view_literals;
    EXPECT_EQ(bit_length(""), 0u);
    EXPECT_EQ(bit_length("\x01"), 1u);
    EXPECT_EQ(bit_length("\xff"), 8u);
    EXPECT_EQ(bit_length("\x01\x00"sv), 9u);
    EXPECT_EQ(bit_length(std::string(256, '\x80')), 2048u);
    EXPECT_EQ(bit_length(std::string(256, '\x7f')), 2047u);
}

TEST(RsaModulus, FindsSmallFactors) {
    EXPECT_TRUE(has_small_factor("\x03"));
    EXPECT_TRUE(has_small_factor("\xa7"));  // 167
    EXPECT_FALSE(has_small_factor("\xad")); // 173, the next prime
    EXPECT_TRUE(has_small_factor(std::string(256, '\xff')));
}

TEST(RsaModulus, TellsRocaKeysFromOthers) {
    int roca = 0, others = 0;
    const auto document = support::read_json_data("wycheproof/json_web_key_test.json");
    for (auto group = document.root().find("testGroups")->first(); group; group = group->next()) {
        const auto keys =
            group->find("public") ? group->find("public")->find("keys") : std::nullopt;
        for (auto jwk = keys ? keys->first() : std::nullopt; jwk; jwk = jwk->next()) {
            if (support::text_of(*jwk, "kty") != "RSA" || !jwk->find("n")) continue;
            const bool expected = support::text_of(*group, "comment") == "jws_rsa_roca_key";
            EXPECT_EQ(is_roca(support::from_base64url(support::text_of(*jwk, "n"))), expected);
            ++(expected ? roca : others);
        }
    }
    EXPECT_EQ(roca, 1);
    EXPECT_GT(others, 2);
}

} // namespace
} // namespace policy::jose
