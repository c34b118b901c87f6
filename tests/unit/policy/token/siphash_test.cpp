#include "policy/token/siphash.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstring>
#include <string>

namespace policy::token {
namespace {

/// The same with somebody else's code.
std::uint64_t reference(const SipHashKey& key, const std::string& text) {
    unsigned rounds = 1, final_rounds = 3;
    std::size_t size = 8;
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                 OSSL_PARAM_construct_uint(OSSL_MAC_PARAM_C_ROUNDS, &rounds),
                                 OSSL_PARAM_construct_uint(OSSL_MAC_PARAM_D_ROUNDS, &final_rounds),
                                 OSSL_PARAM_construct_end()};
    unsigned char out[8] = {};
    std::size_t written = 0;
    EXPECT_TRUE(EVP_Q_mac(nullptr, "SIPHASH", nullptr, nullptr, params, &key, sizeof key,
                          reinterpret_cast<const unsigned char*>(text.data()), text.size(), out,
                          sizeof out, &written));
    std::uint64_t value = 0;
    std::memcpy(&value, out, sizeof value);
    return value;
}

TEST(SipHash, AgreesWithOpensslAtEveryLength) {
    const SipHashKey key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    std::string text;
    for (int i = 0; i < 70; ++i) {
        EXPECT_EQ(siphash(key, text), reference(key, text)) << i;
        text += static_cast<char>(i * 37);
    }
}

TEST(SipHash, DependsOnBothHalvesOfItsKey) {
    const std::uint64_t value = siphash({1, 2}, "token");
    EXPECT_NE(value, siphash({1, 3}, "token"));
    EXPECT_NE(value, siphash({2, 2}, "token"));
    EXPECT_NE(value, siphash({1, 2}, "tokeo"));
}

} // namespace
} // namespace policy::token
