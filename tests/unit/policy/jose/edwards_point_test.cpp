#include "policy/jose/edwards_point.hpp"
#include "policy/jose/key_factory.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using support::from_hex;

std::string refusal_of(std::string_view curve, const std::string& point) {
    const auto key = make_okp_key({}, curve, point);
    return key ? "" : key.error().why;
}

// All points whose order divides 8, each in its canonical form.
const char* const small_25519[] = {
    "0100000000000000000000000000000000000000000000000000000000000000", // order 1
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
    "0000000000000000000000000000000000000000000000000000000000000000", // order 4
    "0000000000000000000000000000000000000000000000000000000000000080", // order 4
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", // order 8
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", // order 8
};

TEST(EdwardsPoint, RefusesSmallOrderEd25519Keys) {
    for (const char* hex : small_25519)
        EXPECT_EQ(refusal_of("Ed25519", from_hex(hex)), "its point is of small order") << hex;
    // The sign of a zero x says nothing: second spellings of the points of order 1 and 2.
    for (const char* hex : {"0100000000000000000000000000000000000000000000000000000000000080",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
        EXPECT_NE(refusal_of("Ed25519", from_hex(hex)), "") << hex;
}

TEST(EdwardsPoint, RefusesEd25519KeysAboveThePrime) {
    // p, p + 1 (identity again) and 2^255 - 1, with both signs.
    for (const char* hex : {"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
        EXPECT_EQ(refusal_of("Ed25519", from_hex(hex)),
                  "its point is not written in the canonical way")
            << hex;
    EXPECT_TRUE(is_canonical_ed25519(
        from_hex("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
}

TEST(EdwardsPoint, RefusesSmallOrderEd448Keys) {
    const std::string zero(56, '\0'), one = '\x01' + std::string(55, '\0');
    std::string minus_one(56, '\xff');
    minus_one[0] = '\xfe';
    minus_one[28] = '\xfe';
    for (const std::string& y : {zero, one, minus_one})
        for (const char sign : {'\x00', '\x80'})
            EXPECT_EQ(refusal_of("Ed448", y + sign), "its point is of small order");
}

TEST(EdwardsPoint, RefusesEd448KeysThatAreNotCanonical) {
    std::string prime(56, '\xff');
    prime[28] = '\xfe';
    EXPECT_FALSE(is_canonical_ed448(prime + '\x00'));
    EXPECT_FALSE(is_canonical_ed448(std::string(56, '\xff') + '\x80'));
    std::string below = prime;
    below[0] = '\xfd';
    EXPECT_TRUE(is_canonical_ed448(below + '\x80'));
    for (int spare = 1; spare < 0x80; ++spare)
        EXPECT_FALSE(is_canonical_ed448(below + static_cast<char>(spare))) << spare;
}

TEST(EdwardsPoint, TakesHonestKeys) {
    for (const char* file : {"wycheproof/ed25519_test.json", "wycheproof/ed448_test.json"}) {
        const auto document = support::read_json_data(file);
        for (auto group = document.root().find("testGroups")->first(); group;
             group = group->next()) {
            const JsonValue jwk = *group->find("publicKeyJwk");
            EXPECT_EQ(refusal_of(support::text_of(jwk, "crv"),
                                 support::from_base64url(support::text_of(jwk, "x"))),
                      "");
        }
    }
}

} // namespace
} // namespace policy::jose
