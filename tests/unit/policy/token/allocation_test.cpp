// Counts what the request path allocates. A binary of its own: it replaces the global operator new.

#include "policy/jose/signature.hpp"
#include "policy/token/validate.hpp"
#include "policy/token/verify.hpp"
#include "tests/unit/policy/token/issuers.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace policy::token {
namespace {

using jose::Algorithm;

template <class Work> std::size_t allocations_of(Work work) {
    const std::size_t before = allocations;
    work();
    return allocations - before;
}

TEST(Allocation, ACachedTokenCostsNone) {
    Issuers issuers;
    const std::string token = support::TokenBuilder().sign(support::test_key(Algorithm::es256));
    ASSERT_EQ(issuers.reason_of(token), Reason::allowed);
    Reason reason = Reason::internal_error;
    EXPECT_EQ(allocations_of([&] {
                  const Verdict verdict = issuers.verify(token);
                  const Verified& verified = std::get<Verified>(verdict);
                  reason = validate(*verified.proof, *verified.issuer, support::test_now);
              }),
              0u);
    EXPECT_EQ(reason, Reason::allowed);
}

TEST(Allocation, LookingForAnUnknownTokenCostsNone) {
    ProofCache cache(64, 1 << 20);
    EXPECT_EQ(allocations_of([&] { cache.find("unknown"); }), 0u);
}

TEST(Allocation, ASignatureCostsNone) {
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256, Algorithm::es256,
                                      Algorithm::es512, Algorithm::eddsa}) {
        const jose::PrivateKey& signer = support::test_key(algorithm);
        const auto keys = jose::parse_key_set(support::public_jwks({&signer}));
        const std::string signature = *jose::sign_bytes(signer, "text");
        for (const std::string& candidate :
             {signature, std::string(signature.size(), '\x01'), std::string("short")})
            EXPECT_EQ(
                allocations_of([&] { keys->keys()[0]->verify(algorithm, "text", candidate); }), 0u)
                << to_string(algorithm);
    }
    const auto keys = jose::make_secret_key(std::string(64, 's'));
    EXPECT_EQ(allocations_of([&] {
                  keys->keys()[0]->verify(Algorithm::hs256, "text", std::string_view("short"));
              }),
              0u);
}

TEST(Allocation, TheCounterCounts) {
    EXPECT_EQ(allocations_of([] { ::operator delete(::operator new(1)); }), 1u);
}

} // namespace
} // namespace policy::token
