// What a single key of a published set must not be. Each row changes a good key in one place.

#include "policy/jose/base64url.hpp"
#include "policy/jose/jwk.hpp"
#include "tests/support/token_builder.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

#include <map>

namespace policy::jose {
namespace {

using Members = std::map<std::string, std::string>; ///< name to JSON

Members members_of(Algorithm algorithm) {
    Members members;
    const auto jwk = support::to_json(to_public_jwk(support::test_key(algorithm)));
    for (auto member = jwk.root().first(); member; member = member->next())
        members[std::string(member->name())] = support::to_text(*member);
    return members;
}

/// "" when the key is taken, else why it is not.
std::string refusal_of(const Members& members) {
    std::string text = "{";
    for (const auto& [name, json] : members)
        text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + json;
    const auto document = support::to_json(text + "}");
    const ReadJwk read = read_jwk(document.root());
    return read.key ? "" : read.key.error().why;
}

std::string with(Algorithm algorithm, const std::string& name, const std::string& json) {
    Members members = members_of(algorithm);
    members[name] = json;
    return refusal_of(members);
}

std::string without(Algorithm algorithm, const std::string& name) {
    Members members = members_of(algorithm);
    members.erase(name);
    return refusal_of(members);
}

std::string number(const std::string& bytes) { return '"' + encode_base64url(bytes) + '"'; }

std::string member(Algorithm algorithm, const std::string& name) {
    const auto jwk = support::to_json(to_public_jwk(support::test_key(algorithm)));
    return support::from_base64url(support::text_of(jwk.root(), name));
}

TEST(Jwk, TakesAKeyAsItIsPublished) {
    for (const Algorithm algorithm :
         {Algorithm::rs256, Algorithm::es256, Algorithm::es384, Algorithm::es512, Algorithm::eddsa})
        EXPECT_EQ(refusal_of(members_of(algorithm)), "") << to_string(algorithm);
}

TEST(Jwk, RefusesRsaModuliOutsideTheSizes) {
    const std::string n = member(Algorithm::rs256, "n");
    for (const std::size_t bytes :
         {64u, 128u, 255u}) // 255 begins with the same byte: under 2048 bits
        EXPECT_NE(with(Algorithm::rs256, "n", number(n.substr(0, bytes - 1) + '\x01'))
                      .find(" bits is outside"),
                  std::string::npos);
    for (const std::size_t bytes : {513u, 1024u, 2048u, 2049u})
        EXPECT_NE(with(Algorithm::rs256, "n", number(std::string(bytes, '\xff')))
                      .find(" bits is outside"),
                  std::string::npos);
}

TEST(Jwk, RefusesRsaModuliThatAreNoProducts) {
    std::string even = member(Algorithm::rs256, "n");
    even.back() = static_cast<char>(even.back() & ~1);
    EXPECT_EQ(with(Algorithm::rs256, "n", number(even)), "the RSA modulus is even");
    EXPECT_EQ(with(Algorithm::rs256, "n", number('\0' + member(Algorithm::rs256, "n"))),
              "`n` or `e` has a leading zero byte");
    EXPECT_EQ(with(Algorithm::rs256, "n", number(std::string(256, '\0'))),
              "`n` or `e` has a leading zero byte");
    EXPECT_EQ(with(Algorithm::rs256, "n", number(std::string(256, '\xff'))),
              "the RSA modulus has a small factor");
    EXPECT_EQ(with(Algorithm::rs256, "n", "\"\""), "`n` is missing");
}

TEST(Jwk, RefusesRsaExponentsThatCostOrForge) {
    using namespace std::string_literals;
    const std::string odd = "the RSA exponent is not an odd number between 2^16 and 2^64";
    for (const std::string& e : {"\x01"s, "\x02"s, "\x03"s, "\x11"s, "\xff\xff"s, "\x01\x00\x00"s,
                                 "\x01\x00\x00\x00\x00\x00\x00\x00\x01"s, std::string(256, '\xff')})
        EXPECT_EQ(with(Algorithm::rs256, "e", number(e)), odd);
    EXPECT_EQ(with(Algorithm::rs256, "e", number("\x00"s)), "`n` or `e` has a leading zero byte");
    EXPECT_EQ(with(Algorithm::rs256, "e", number("\x00\x01\x00\x01"s)),
              "`n` or `e` has a leading zero byte");
    for (const std::string& e : {"\x01\x00\x01"s, "\x01\x00\x03"s, std::string(8, '\xff')})
        EXPECT_EQ(with(Algorithm::rs256, "e", number(e)), "");
}

TEST(Jwk, RefusesEcPointsThatAreNotOnTheirCurve) {
    const std::string x = member(Algorithm::es256, "x"), y = member(Algorithm::es256, "y");
    std::string moved = y;
    moved.back() = static_cast<char>(moved.back() ^ 1);
    EXPECT_EQ(with(Algorithm::es256, "y", number(moved)), "its point is not on P-256");
    EXPECT_EQ(with(Algorithm::es256, "x", number(std::string(32, '\xff'))),
              "its point is not on P-256"); // x >= p
    Members origin = members_of(Algorithm::es256);
    origin["x"] = origin["y"] = number(std::string(32, '\0'));
    EXPECT_EQ(refusal_of(origin), "its point is not on P-256");
    for (const std::string& wrong : {x.substr(1), '\0' + x, x + y})
        EXPECT_EQ(with(Algorithm::es256, "x", number(wrong)),
                  "`x` or `y` is not exactly as long as a coordinate of P-256");
    EXPECT_EQ(without(Algorithm::es256, "y"), "`y` is missing");
}

TEST(Jwk, RefusesCurvesThatDoNotFit) {
    EXPECT_EQ(with(Algorithm::es256, "crv", "\"secp256k1\""),
              "its curve is not P-256, P-384 or P-521");
    EXPECT_EQ(with(Algorithm::es256, "crv", "\"p-256\""), "its curve is not P-256, P-384 or P-521");
    EXPECT_EQ(with(Algorithm::es256, "crv", "\"prime256v1\""),
              "its curve is not P-256, P-384 or P-521");
    EXPECT_EQ(with(Algorithm::es256, "crv", "\"P-384\""),
              "`x` or `y` is not exactly as long as a coordinate of P-384");
    EXPECT_EQ(without(Algorithm::es256, "crv"), "its curve is not P-256, P-384 or P-521");
    EXPECT_EQ(with(Algorithm::eddsa, "crv", "\"X25519\""), "its curve is not Ed25519 or Ed448");
    EXPECT_EQ(with(Algorithm::eddsa, "crv", "\"Ed448\""), "`x` does not have the length of Ed448");
}

TEST(Jwk, RefusesEdwardsPointsThatProveNothing) {
    const std::string identity = '\x01' + std::string(31, '\0');
    EXPECT_EQ(with(Algorithm::eddsa, "x", number(identity)), "its point is of small order");
    EXPECT_EQ(with(Algorithm::eddsa, "x", number(std::string(32, '\xff'))),
              "its point is not written in the canonical way");
    EXPECT_EQ(with(Algorithm::eddsa, "x", number(std::string(31, 'a'))),
              "`x` does not have the length of Ed25519");
}

TEST(Jwk, RefusesAnAlgorithmThatIsNotTheTypes) {
    const std::string unfit = "its `alg` is none of those that a key like this can do";
    const std::string unknown = "its `alg` is not a signature algorithm that we know";
    EXPECT_EQ(with(Algorithm::rs256, "alg", "\"ES256\""), unfit);
    EXPECT_EQ(with(Algorithm::rs256, "alg", "\"HS256\""), unfit);
    EXPECT_EQ(with(Algorithm::es256, "alg", "\"ES384\""), unfit);
    EXPECT_EQ(with(Algorithm::eddsa, "alg", "\"Ed448\""), "its `alg` and its `crv` do not fit");
    EXPECT_EQ(with(Algorithm::eddsa, "alg", "\"Ed25519\""), "");
    for (const char* alg : {"\"RSA-OAEP\"", "\"ES256K\"", "\"rs256\"", "\"none\"", "\"\"", "1",
                            "null", "[\"RS256\"]"})
        EXPECT_EQ(with(Algorithm::rs256, "alg", alg), unknown) << alg;
}

TEST(Jwk, RefusesAKeyForAnotherUse) {
    for (const char* use : {"\"enc\"", "\"SIG\"", "\"\"", "null", "[\"sig\"]"})
        EXPECT_EQ(with(Algorithm::es256, "use", use), "its `use` is not `sig`") << use;
    EXPECT_EQ(without(Algorithm::es256, "use"), "");
}

TEST(Jwk, RefusesKeyOpsThatDoNotVerifyOrContradict) {
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"(["verify"])"), "");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"(["encrypt"])"),
              "its `key_ops` contradicts its `use`");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"(["verify","encrypt"])"),
              "its `key_ops` contradicts its `use`");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"(["sign"])"),
              "its `key_ops` does not allow to verify");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", "[]"), "its `key_ops` does not allow to verify");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"(["verify","verify"])"),
              "its `key_ops` has a duplicate");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", R"("verify")"), "its `key_ops` is not an array");
    EXPECT_EQ(with(Algorithm::es256, "key_ops", "[1]"),
              "its `key_ops` has a member that is not a string");
    Members no_use = members_of(Algorithm::es256);
    no_use.erase("use");
    no_use["key_ops"] = R"(["encrypt"])";
    EXPECT_EQ(refusal_of(no_use), "its `key_ops` does not allow to verify");
}

TEST(Jwk, RefusesANameThatIsNoShortString) {
    EXPECT_EQ(with(Algorithm::es256, "kid", "1"), "its `kid` is not a string");
    EXPECT_EQ(with(Algorithm::es256, "kid", "null"), "its `kid` is not a string");
    EXPECT_EQ(with(Algorithm::es256, "kid", '"' + std::string(257, 'k') + '"'),
              "its `kid` is longer than 256 bytes");
    EXPECT_EQ(with(Algorithm::es256, "kid", '"' + std::string(256, 'k') + '"'), "");
    EXPECT_EQ(without(Algorithm::es256, "kid"), "");
}

TEST(Jwk, RefusesLooseBase64) {
    const Members good = members_of(Algorithm::es256);
    const std::string x = good.at("x");
    for (const std::string& loose : {x.substr(0, x.size() - 1) + "=\"", "\" " + x.substr(1),
                                     "\"+" + x.substr(2), x.substr(0, 3) + "\""})
        EXPECT_EQ(with(Algorithm::es256, "x", loose), "`x` is not base64url") << loose;
}

TEST(Jwk, IsLoudAboutPrivateMembers) {
    for (const char* name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
        Members members = members_of(Algorithm::rs256);
        members[name] = "\"AQ\"";
        EXPECT_EQ(refusal_of(members), "it carries private members") << name;
    }
    const auto secret = support::to_json(R"({"kty":"oct","kid":"s","k":"AAAA"})");
    EXPECT_TRUE(read_jwk(secret.root()).leaked_private);
    EXPECT_EQ(read_jwk(secret.root()).kid, "s");
    const auto empty = support::to_json(R"({"kty":"oct"})");
    EXPECT_EQ(read_jwk(empty.root()).key.error().why, "a shared secret has no place in a key set");
}

TEST(Jwk, RefusesAnUnknownType) {
    for (const char* type : {"\"rsa\"", "\"AKP\"", "\"\"", "null", "1"})
        EXPECT_EQ(with(Algorithm::rs256, "kty", type), "its `kty` is not RSA, EC or OKP") << type;
    EXPECT_EQ(with(Algorithm::rs256, "kty", "\"EC\""), "`x` is missing");
}

} // namespace
} // namespace policy::jose
