// Project Wycheproof: bare signatures and tags of every algorithm, through the keys that the
// gateway makes.

#include "policy/jose/key_factory.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/jose/signature.hpp"
#include "tests/support/vectors.hpp"
#include "tests/unit/policy/jose/deliberate_differences.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

namespace policy::jose {
namespace {

using support::from_hex;
using support::text_of;

struct Counts {
    int seen = 0, right = 0, without_key = 0;
};

enum class Expect { as_the_file_says, nothing_holds };

/// One key of a group by its PEM; nothing where the rules refuse it.
std::unique_ptr<Key> key_of(JsonValue group) {
    const auto pem = text_of(group, "publicKeyPem");
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const PkeyPtr pkey(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    if (!pkey) return nullptr;
    auto key = make_key({}, pkey.get());
    return key ? *std::move(key) : nullptr;
}

Counts run(const std::string& file, Algorithm algorithm, Expect expect = Expect::as_the_file_says) {
    Counts counts;
    const auto document = support::read_json_data("wycheproof/" + file);
    for (auto group = document.root().find("testGroups")->first(); group; group = group->next()) {
        const auto key = key_of(*group);
        for (auto test = group->find("tests")->first(); test; test = test->next()) {
            ++counts.seen;
            counts.without_key += !key;
            const int id = static_cast<int>(test->find("tcId")->number().integer);
            // "acceptable" is a missing NULL in DigestInfo: RFC 8017 9.2 has it, so it is wrong
            // here.
            const bool valid =
                text_of(*test, "result") == "valid" && expect == Expect::as_the_file_says;
            const bool differs = deliberate_differences.contains({file, id});
            const bool holds = key && key->verify(algorithm, from_hex(text_of(*test, "msg")),
                                                  from_hex(text_of(*test, "sig")));
            counts.right += holds;
            EXPECT_EQ(holds, valid != differs)
                << file << " tcId " << id << ": " << text_of(*test, "comment");
        }
    }
    return counts;
}

struct Case {
    const char* file;
    Algorithm algorithm;
    int seen, right;
    int without_key = 0;
};

void run_all(std::initializer_list<Case> cases) {
    for (const Case& c : cases) {
        const Counts counts = run(c.file, c.algorithm);
        EXPECT_EQ(counts.seen, c.seen) << c.file;
        EXPECT_EQ(counts.right, c.right) << c.file;
        EXPECT_EQ(counts.without_key, c.without_key) << c.file;
    }
}

TEST(WycheproofSignature, JudgesEcdsa) {
    run_all({{"ecdsa_secp256r1_sha256_p1363_test.json", Algorithm::es256, 262, 173},
             {"ecdsa_secp384r1_sha384_p1363_test.json", Algorithm::es384, 280, 193},
             {"ecdsa_secp521r1_sha512_p1363_test.json", Algorithm::es512, 318, 231}});
}

TEST(WycheproofSignature, HasNoKeyForSecp256k1) {
    const Counts counts =
        run("ecdsa_secp256k1_sha256_p1363_test.json", Algorithm::es256, Expect::nothing_holds);
    EXPECT_EQ(counts.without_key, 252);
}

TEST(WycheproofSignature, JudgesEddsa) {
    run_all({{"ed25519_test.json", Algorithm::eddsa, 151, 88},
             {"ed448_test.json", Algorithm::eddsa, 87, 17}});
}

TEST(WycheproofSignature, JudgesRsaPkcs1) {
    run_all({{"rsa_signature_2048_sha256_test.json", Algorithm::rs256, 259, 7, 2},
             {"rsa_signature_2048_sha384_test.json", Algorithm::rs384, 258, 7},
             {"rsa_signature_2048_sha512_test.json", Algorithm::rs512, 259, 7, 1},
             {"rsa_signature_3072_sha256_test.json", Algorithm::rs256, 259, 7, 1},
             {"rsa_signature_4096_sha256_test.json", Algorithm::rs256, 258, 7},
             {"rsa_signature_4096_sha512_test.json", Algorithm::rs512, 259, 7}});
}

TEST(WycheproofSignature, JudgesRsaPss) {
    run_all({{"rsa_pss_2048_sha256_mgf1_32_test.json", Algorithm::ps256, 108, 63},
             {"rsa_pss_2048_sha384_mgf1_48_test.json", Algorithm::ps384, 141, 95},
             {"rsa_pss_4096_sha512_mgf1_64_test.json", Algorithm::ps512, 179, 132}});
}

TEST(WycheproofSignature, RefusesPssWithAnotherSaltLength) {
    EXPECT_EQ(
        run("rsa_pss_2048_sha256_mgf1_0_test.json", Algorithm::ps256, Expect::nothing_holds).seen,
        103);
    EXPECT_EQ(
        run("rsa_pss_4096_sha512_mgf1_32_test.json", Algorithm::ps512, Expect::nothing_holds).seen,
        177);
}

TEST(WycheproofSignature, JudgesHmac) {
    const std::pair<const char*, Algorithm> files[] = {{"hmac_sha256_test.json", Algorithm::hs256},
                                                       {"hmac_sha384_test.json", Algorithm::hs384},
                                                       {"hmac_sha512_test.json", Algorithm::hs512}};
    for (const auto& [file, algorithm] : files) {
        int right = 0;
        const auto document = support::read_json_data(std::string("wycheproof/") + file);
        for (auto group = document.root().find("testGroups")->first(); group;
             group = group->next()) {
            // JWS knows no truncated tags (RFC 7518 3.2).
            const bool whole = group->find("tagSize")->number().integer ==
                               256 + 128 * (static_cast<int>(algorithm));
            for (auto test = group->find("tests")->first(); test; test = test->next()) {
                const auto key = make_hmac_key({}, from_hex(text_of(*test, "key")));
                const bool usable = key && (*key)->algorithms().has(algorithm);
                const bool holds = key && (*key)->verify(algorithm, from_hex(text_of(*test, "msg")),
                                                         from_hex(text_of(*test, "tag")));
                EXPECT_EQ(holds, usable && whole && text_of(*test, "result") == "valid")
                    << file << " tcId " << test->find("tcId")->number().integer;
                right += holds;
            }
        }
        EXPECT_GT(right, 10) << file;
    }
}

} // namespace
} // namespace policy::jose
