// The JOSE cookbook (RFC 7520 4, RFC 8037 A.4, RFC 7797 4): which examples are tokens that we
// believe.

#include "policy/jose/base64url.hpp"
#include "policy/jose/jws.hpp"
#include "policy/jose/key_factory.hpp"
#include "policy/token/header.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using support::text_of;

MadeKey key_of(JsonValue jwk) {
    const auto bytes = [&](const char* name) {
        return support::from_base64url(text_of(jwk, name));
    };
    const std::string_view type = text_of(jwk, "kty");
    if (type == "RSA") return make_rsa_key({}, bytes("n"), bytes("e"));
    if (type == "EC") return make_ec_key({}, text_of(jwk, "crv"), bytes("x"), bytes("y"));
    if (type == "OKP") return make_okp_key({}, text_of(jwk, "crv"), bytes("x"));
    return make_hmac_key({}, bytes("k"));
}

TEST(Rfc7520, VerifiesTheCompactSignatures) {
    for (const char* file :
         {"jws/4_1.rsa_v15_signature.json", "jws/4_2.rsa-pss_signature.json",
          "jws/4_3.ecdsa_signature.json", "jws/4_4.hmac-sha2_integrity_protection.json",
          "curve25519/jws.json"}) {
        const auto example = support::read_json_data(std::string("rfc7520/") + file);
        const JsonValue input = *example.root().find("input");
        const auto jws = split_jws(text_of(*example.root().find("output"), "compact"));
        ASSERT_TRUE(jws) << file;
        const auto header = token::parse_header(*decode_base64url(jws->header), {});
        ASSERT_TRUE(header) << file;
        const auto key = key_of(*input.find("key"));
        ASSERT_TRUE(key) << file;
        const std::string signature = *decode_base64url(jws->signature);
        EXPECT_TRUE((*key)->verify(header->algorithm, jws->signed_text, signature)) << file;
        EXPECT_EQ(*decode_base64url(jws->payload), text_of(input, "payload")) << file;
        // 4.5: the same with its payload detached is no token.
        const std::string detached = std::string(jws->header) + '.';
        EXPECT_FALSE((*key)->verify(header->algorithm, detached, signature)) << file;
    }
}

TEST(Rfc7520, RefusesTheJsonSerialisations) {
    for (const char* file :
         {"jws/4_6.protecting_specific_header_fields.json", "jws/4_7.protecting_content_only.json",
          "jws/4_8.multiple_signatures.json"}) {
        const auto example = support::read_json_data(std::string("rfc7520/") + file);
        for (const char* form : {"json", "json_flat"}) {
            const auto token = example.root().find("output")->find(form);
            if (!token) continue;
            const auto jws = split_jws(support::to_text(*token));
            EXPECT_FALSE(jws && decode_base64url(jws->header)) << file << ' ' << form;
        }
    }
}

TEST(Rfc7520, RefusesUnencodedPayloads) {
    for (const char* file :
         {"rfc7797/4.2.hmac-sha2_b64_false.json", "rfc7797/hmac-sha2_b64_false.json"}) {
        const auto example = support::read_json_data(std::string("rfc7520/") + file);
        const auto header = token::parse_header(
            support::to_text(*example.root().find("signing")->find("protected")), {});
        ASSERT_FALSE(header) << file;
        EXPECT_EQ(header.error(), Reason::token_critical) << file;
    }
}

} // namespace
} // namespace policy::jose
