#include "policy/token/proof_cache.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

ProofPtr make_proof(std::string token) {
    auto proof = std::make_shared<Proof>();
    proof->token = std::move(token);
    return proof;
}

constexpr std::size_t plenty = 1 << 20;

TEST(ProofCache, GivesBackWhatItWasGiven) {
    ProofCache cache(16, plenty);
    const ProofPtr proof = make_proof("a.b.c");
    EXPECT_EQ(cache.find("a.b.c"), nullptr);
    cache.insert(proof);
    ASSERT_TRUE(cache.find("a.b.c"));
    EXPECT_EQ(cache.find("a.b.c")->get(), proof.get());
    EXPECT_EQ(cache.size(), 1u);
    EXPECT_EQ(cache.bytes(), proof->memory());
    EXPECT_EQ(cache.hits(), 2u);
    EXPECT_EQ(cache.misses(), 1u);
}

TEST(ProofCache, ComparesEveryByteOfTheToken) {
    ProofCache cache(16, plenty);
    const std::string token(300, 't');
    cache.insert(make_proof(token));
    for (const std::size_t prefix : {0u, 1u, 20u, 64u, 299u})
        EXPECT_FALSE(cache.find(token.substr(0, prefix)));
    for (const std::size_t at : {0u, 20u, 64u, 150u, 299u}) {
        std::string other = token;
        other[at] = 'u';
        EXPECT_FALSE(cache.find(other)) << at;
    }
    EXPECT_FALSE(cache.find(token + 't'));
    EXPECT_TRUE(cache.find(token));
}

TEST(ProofCache, ForgetsOnRequest) {
    ProofCache cache(16, plenty);
    cache.insert(make_proof("one"));
    cache.insert(make_proof("two"));
    cache.erase("one");
    cache.erase("never there");
    EXPECT_FALSE(cache.find("one"));
    EXPECT_TRUE(cache.find("two"));
    cache.clear();
    EXPECT_FALSE(cache.find("two"));
    EXPECT_EQ(cache.size(), 0u);
    EXPECT_EQ(cache.bytes(), 0u);
}

TEST(ProofCache, ReplacesAProofOfTheSameToken) {
    ProofCache cache(16, plenty);
    cache.insert(make_proof("one"));
    const ProofPtr second = make_proof("one");
    cache.insert(second);
    EXPECT_EQ(cache.size(), 1u);
    EXPECT_EQ(cache.bytes(), second->memory());
    EXPECT_EQ(cache.find("one")->get(), second.get());
}

TEST(ProofCache, DropsTheLeastRecentlyUsedOfASet) {
    ProofCache cache(8, plenty); // one set of eight
    for (int i = 0; i < 8; ++i) cache.insert(make_proof(std::to_string(i)));
    for (const char* token : {"0", "1", "2", "4", "5", "6", "7"}) EXPECT_TRUE(cache.find(token));
    cache.insert(make_proof("new"));
    EXPECT_FALSE(cache.find("3"));
    for (const char* token : {"0", "1", "2", "4", "5", "6", "7", "new"})
        EXPECT_TRUE(cache.find(token)) << token;
    EXPECT_EQ(cache.size(), 8u);
}

TEST(ProofCache, NeverHoldsMoreThanItMay) {
    const std::size_t one = make_proof(std::string(1000, 'x'))->memory();
    ProofCache cache(1024, 10 * one);
    for (int i = 0; i < 5000; ++i) {
        cache.insert(make_proof(std::to_string(10000 + i) + std::string(995, 'x')));
        ASSERT_LE(cache.bytes(), 10 * one);
        ASSERT_LE(cache.size(), 10u);
    }
    EXPECT_EQ(cache.size(), 10u) << "and no less than fits";
    EXPECT_TRUE(cache.find("14999" + std::string(995, 'x'))) << "the newest is always kept";
}

TEST(ProofCache, NeverHoldsMoreEntriesThanItMay) {
    ProofCache cache(100, plenty * 16);
    for (int i = 0; i < 5000; ++i) cache.insert(make_proof(std::to_string(i)));
    EXPECT_LE(cache.size(), 128u);
    EXPECT_GE(cache.size(), 100u);
}

TEST(ProofCache, KeepsNothingThatIsLargerThanItself) {
    ProofCache cache(16, 5000);
    cache.insert(make_proof("small"));
    cache.insert(make_proof(std::string(6000, 'x')));
    EXPECT_EQ(cache.size(), 1u);
    EXPECT_TRUE(cache.find("small"));
}

TEST(ProofCache, OfNoEntriesKeepsNothing) {
    ProofCache cache(0, plenty);
    cache.insert(make_proof("one"));
    EXPECT_FALSE(cache.find("one"));
    cache.erase("one");
    cache.clear();
    EXPECT_EQ(cache.size(), 0u);
}

TEST(ProofCache, OfFewEntriesIsOneSet) {
    for (const std::size_t entries : {1u, 2u, 3u, 7u}) {
        ProofCache cache(entries, plenty);
        for (int i = 0; i < 20; ++i) {
            cache.insert(make_proof(std::to_string(i)));
            EXPECT_TRUE(cache.find(std::to_string(i)));
        }
        EXPECT_GE(cache.size(), entries);
        EXPECT_LE(cache.size(), 2 * entries);
    }
}

TEST(ProofCache, LetsAProofOutliveItsEviction) {
    ProofCache cache(1, plenty);
    cache.insert(make_proof("one"));
    const ProofPtr held = *cache.find("one");
    cache.insert(make_proof("two"));
    EXPECT_FALSE(cache.find("one"));
    EXPECT_EQ(held->token, "one");
}

} // namespace
} // namespace policy::token
