#pragma once

// Where we answer differently from a public test suite, on purpose. Whoever changes an answer
// changes it here.

#include <map>
#include <string_view>
#include <utility>

namespace policy::jose {

/// (file, tcId) to the reason. The test asserts that each of them really differs.
inline const std::map<std::pair<std::string_view, int>, std::string_view> deliberate_differences = {
    // The JWK says PS256 and the token PS384: each key has exactly one algorithm (RFC 8725 3.1).
    {{"json_web_signature_test.json", 346}, "the key's alg is not the token's"},
    {{"json_web_signature_test.json", 350}, "the key's alg is not the token's"},
    // The JWK says "ES521", which does not exist.
    {{"json_web_signature_test.json", 347}, "the key's alg is unknown"},
    {{"json_web_signature_test.json", 351}, "the key's alg is unknown"},
    // Byte for byte the same token as 357, which is valid: the padding that they are about got lost
    // in the file.
    {{"json_web_signature_test.json", 367}, "the vector lost its padding"},
    {{"json_web_signature_test.json", 370}, "the vector lost its padding"},
    // A '?' inside a segment, marked valid (RFC 7515 2 knows no such character).
    {{"json_web_signature_test.json", 372}, "a byte that is not base64url"},
    {{"json_web_signature_test.json", 373}, "a byte that is not base64url"},
    // Two keys with one `kid`, but the second is not canonical base64url and is skipped: no
    // ambiguity is left.
    {{"json_web_key_test.json", 4}, "one of the two is no key"},
    // Public exponent 3: keys need one above 2^16 (FIPS 186-5 A.1.1).
    {{"rsa_signature_2048_sha256_test.json", 258}, "the exponent is 3"},
    {{"rsa_signature_2048_sha256_test.json", 259}, "the exponent is 3"},
    {{"rsa_signature_2048_sha512_test.json", 259}, "the exponent is 3"},
    {{"rsa_signature_3072_sha256_test.json", 259}, "the exponent is 3"},
    // The file is about another salt length; this one test has the length that JWS asks for.
    {{"rsa_pss_2048_sha256_mgf1_0_test.json", 69}, "its salt is as long as the hash"},
};

} // namespace policy::jose
