#include "policy/jose/algorithm.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

TEST(Algorithm, KnowsItsNamesInOneSpelling) {
    for (const char* name : {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384",
                             "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "Ed448"}) {
        const auto algorithm = parse_algorithm(name);
        ASSERT_TRUE(algorithm) << name;
        EXPECT_EQ(to_string(*algorithm), name);
    }
}

TEST(Algorithm, RefusesEveryOtherName) {
    for (const char* name :
         {"",      "none",   "None",   "NONE",     "nOnE",    "none ",    "rs256",
          "Rs256", "RS256 ", " RS256", "RS1",      "HS1",     "HS256/64", "ES256K",
          "ES521", "EDDSA",  "eddsa",  "RSA-OAEP", "A256GCM", "dir"})
        EXPECT_FALSE(parse_algorithm(name)) << name;
}

TEST(Algorithm, CountsAllButHmacAsAsymmetric) {
    const AlgorithmSet set = AlgorithmSet::asymmetric();
    for (const Algorithm a : {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512}) {
        EXPECT_FALSE(set.has(a));
        EXPECT_TRUE(is_symmetric(a));
    }
    for (const Algorithm a : {Algorithm::rs256, Algorithm::ps512, Algorithm::es256,
                              Algorithm::es512, Algorithm::eddsa}) {
        EXPECT_TRUE(set.has(a));
        EXPECT_FALSE(is_symmetric(a));
    }
}

} // namespace
} // namespace policy::jose
