#include "policy/jose/key_set.hpp"
#include "policy/jose/signature.hpp"
#include "tests/support/token_builder.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using support::public_jwks;
using support::test_key;

std::string set_of(const std::vector<std::string>& jwks) {
    std::string out = R"({"keys":[)";
    for (const std::string& jwk : jwks) out += (out.ends_with('[') ? "" : ",") + jwk;
    return out + "]}";
}

/// A public test key under another name.
std::string renamed(Algorithm algorithm, char which, const std::string& kid) {
    std::string jwk = to_public_jwk(test_key(algorithm, which));
    const std::size_t at = jwk.find(R"("kid":")") + 7;
    return jwk.replace(at, jwk.find('"', at) - at, kid);
}

TEST(KeySet, TakesEveryTypeWithItsOneAlgorithm) {
    const auto set =
        parse_key_set(public_jwks({&test_key(Algorithm::rs256), &test_key(Algorithm::es384),
                                   &test_key(Algorithm::es512), &test_key(Algorithm::eddsa)}));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->size(), 4u);
    EXPECT_TRUE(set->skipped().empty());
    EXPECT_EQ(set->keys()[0]->description(), "RSA 2048");
    EXPECT_EQ(set->keys()[0]->type(), KeyType::rsa);
    EXPECT_EQ(set->keys()[0]->kid(), "rsa-a");
    EXPECT_EQ(set->keys()[1]->description(), "EC P-384");
    EXPECT_EQ(set->keys()[2]->description(), "EC P-521");
    EXPECT_EQ(set->keys()[3]->description(), "OKP Ed25519");
    EXPECT_TRUE(set->keys()[0]->algorithms().has(Algorithm::rs256));
    EXPECT_FALSE(set->keys()[0]->algorithms().has(Algorithm::ps256));
}

TEST(KeySet, TakesItsTypesAlgorithmsWhereTheKeyNamesNone) {
    std::string jwk = to_public_jwk(test_key(Algorithm::rs256));
    const std::size_t at = jwk.find(R"(,"alg")");
    jwk.erase(at, jwk.find(',', at + 1) - at);
    const auto set = parse_key_set(set_of({jwk}));
    ASSERT_TRUE(set);
    for (const Algorithm algorithm :
         {Algorithm::rs256, Algorithm::rs512, Algorithm::ps256, Algorithm::ps512})
        EXPECT_TRUE(set->keys()[0]->algorithms().has(algorithm));
    for (const Algorithm algorithm : {Algorithm::hs256, Algorithm::es256, Algorithm::eddsa})
        EXPECT_FALSE(set->keys()[0]->algorithms().has(algorithm));
}

TEST(KeySet, NamesAKeyByItsMaterialAndUse) {
    const auto set = parse_key_set(
        set_of({renamed(Algorithm::rs256, 'a', "one"), renamed(Algorithm::ps256, 'a', "two"),
                renamed(Algorithm::rs256, 'b', "three"), renamed(Algorithm::rs256, 'a', "four")}));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->size(), 4u);
    EXPECT_NE(set->keys()[0]->id(), set->keys()[1]->id());
    EXPECT_EQ(set->keys()[0]->material(), set->keys()[1]->material());
    EXPECT_NE(set->keys()[0]->id(), set->keys()[2]->id());
    EXPECT_EQ(set->keys()[0]->id(), set->keys()[3]->id());
    EXPECT_EQ(set->find(set->keys()[2]->id()), set->keys()[2].get());
    EXPECT_EQ(set->find(KeyId{}), nullptr);
}

TEST(KeySet, RefusesBothOfTwoKeysThatShareNameAndType) {
    const auto set = parse_key_set(
        set_of({renamed(Algorithm::rs256, 'a', "x"), renamed(Algorithm::rs256, 'b', "x"),
                renamed(Algorithm::es256, 'a', "x")}));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->size(), 1u);
    EXPECT_EQ(set->keys()[0]->type(), KeyType::ec);
    ASSERT_EQ(set->skipped().size(), 2u);
    EXPECT_EQ(set->skipped()[0].kid, "x");
    EXPECT_NE(set->skipped()[0].why.find("several keys"), std::string::npos);
}

TEST(KeySet, TakesAKeyOnceThatIsListedTwice) {
    const std::string jwk = renamed(Algorithm::es256, 'a', "x");
    const auto set = parse_key_set(set_of({jwk, jwk}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 1u);
}

TEST(KeySet, TakesOneKeyForTwoAlgorithmsUnderOneName) {
    const auto set = parse_key_set(
        set_of({renamed(Algorithm::rs256, 'a', "x"), renamed(Algorithm::ps256, 'a', "x")}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 2u);
}

TEST(KeySet, RefusesTextThatIsNoSet) {
    const std::pair<std::string, KeySetError> cases[] = {
        {"", KeySetError::not_json},
        {"<html>", KeySetError::not_json},
        {R"({"keys":[)", KeySetError::not_json},
        {R"({"keys":[{}],"keys":[{}]})", KeySetError::not_json},
        {R"({"keys":[1e-2147483639]})", KeySetError::not_json},
        {std::string(100000, '['), KeySetError::not_json},
        {"[]", KeySetError::not_a_key_set},
        {"\"\"", KeySetError::not_a_key_set},
        {"{}", KeySetError::not_a_key_set},
        {R"({"keys":{}})", KeySetError::not_a_key_set},
        {to_public_jwk(test_key(Algorithm::es256)), KeySetError::not_a_key_set},
        {R"({"keys":[]})", KeySetError::no_usable_key},
        {R"({"keys":[1,"x",null,[],{}]})", KeySetError::no_usable_key},
        {R"({"keys":[]})" + std::string(256 * 1024, ' '), KeySetError::too_large}};
    for (const auto& [text, error] : cases) {
        const auto set = parse_key_set(text);
        ASSERT_FALSE(set) << text.substr(0, 80);
        EXPECT_EQ(set.error(), error) << text.substr(0, 80);
    }
}

TEST(KeySet, SaysWhyWhenNoKeyIsLeft) {
    std::vector<SkippedKey> skipped;
    ASSERT_FALSE(
        parse_key_set(R"({"keys":[{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}]})", &skipped));
    ASSERT_EQ(skipped.size(), 1u);
    EXPECT_EQ(skipped[0].kid, "r");
    EXPECT_EQ(skipped[0].why, "an RSA modulus of 17 bits is outside 2048 to 4096");
}

TEST(KeySet, LooksAtAHundredKeysAndUsesFifty) {
    std::vector<std::string> jwks;
    for (int i = 0; i < 100; ++i)
        jwks.push_back(renamed(Algorithm::es256, 'a', "k" + std::to_string(i)));
    const auto set = parse_key_set(set_of(jwks));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 50u);
    EXPECT_EQ(set->skipped().size(), 50u);
    jwks.push_back(renamed(Algorithm::es256, 'a', "one-more"));
    EXPECT_EQ(parse_key_set(set_of(jwks)).error(), KeySetError::too_large);
    EXPECT_EQ(parse_key_set(set_of(std::vector<std::string>(10000, "{}"))).error(),
              KeySetError::too_large);
}

TEST(KeySet, KeepsTheRestWhenOneKeyCannotBeUsed) {
    const auto set =
        parse_key_set(set_of({R"({"kty":"EC","crv":"P-256K","kid":"odd"})",
                              to_public_jwk(test_key(Algorithm::es256)), R"({"kty":"lattice"})"}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 1u);
    ASSERT_EQ(set->skipped().size(), 2u);
    EXPECT_EQ(set->skipped()[0].kid, "odd");
}

TEST(KeySet, TakesASecretForAsManyAlgorithmsAsItIsLong) {
    const auto has = [](std::size_t size, Algorithm algorithm) {
        return make_secret_key(std::string(size, 's'))->keys()[0]->algorithms().has(algorithm);
    };
    for (const std::size_t size : {0u, 1u, 31u})
        EXPECT_EQ(make_secret_key(std::string(size, 's')).error(), KeySetError::no_usable_key);
    EXPECT_TRUE(has(32, Algorithm::hs256));
    EXPECT_FALSE(has(47, Algorithm::hs384));
    EXPECT_TRUE(has(48, Algorithm::hs384));
    EXPECT_FALSE(has(63, Algorithm::hs512));
    EXPECT_TRUE(has(64, Algorithm::hs512));
    EXPECT_FALSE(has(64, Algorithm::rs256));
}

TEST(KeySet, ReadsTheExamplesOfRfc7520) {
    const auto one = [](const char* file) {
        return parse_key_set(set_of({support::read_data(file)}));
    };
    EXPECT_EQ(one("rfc7520/jwk/3_1.ec_public_key.json")->keys()[0]->description(), "EC P-521");
    EXPECT_EQ(one("rfc7520/jwk/3_3.rsa_public_key.json")->keys()[0]->description(), "RSA 2048");
    for (const char* file :
         {"rfc7520/jwk/3_2.ec_private_key.json", "rfc7520/jwk/3_4.rsa_private_key.json",
          "rfc7520/jwk/3_5.symmetric_key_mac_computation.json",
          "rfc7520/jwk/3_6.symmetric_key_encryption.json"})
        EXPECT_EQ(one(file).error(), KeySetError::no_usable_key) << file;
}

} // namespace
} // namespace policy::jose
