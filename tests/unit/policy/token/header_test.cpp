#include "policy/token/header.hpp"

#include <gtest/gtest.h>

namespace policy::token {
namespace {

Reason reason_of(std::string_view json) {
    const auto header = parse_header(json, {});
    return header ? Reason::allowed : header.error();
}

TEST(Header, ReadsAlgorithmKeyAndType) {
    const auto header = parse_header(R"({"typ":"JWT","alg":"ES256","kid":"k1"})", {});
    ASSERT_TRUE(header);
    EXPECT_EQ(header->algorithm, jose::Algorithm::es256);
    EXPECT_EQ(header->key_id, "k1");
    EXPECT_EQ(header->type, "jwt");
    const auto bare = parse_header(R"({"alg":"HS512"})", {});
    ASSERT_TRUE(bare);
    EXPECT_FALSE(bare->key_id);
    EXPECT_FALSE(bare->type);
}

TEST(Header, ReadsTypesAsMediaTypes) {
    const std::pair<const char*, const char*> cases[] = {{"AT+JWT", "at+jwt"},
                                                         {"application/at+jwt", "at+jwt"},
                                                         {"Application/JWT", "jwt"},
                                                         {"text/jwt", "text/jwt"},
                                                         {"application/a/b", "application/a/b"},
                                                         {"", ""}};
    for (const auto& [written, read] : cases)
        EXPECT_EQ(
            parse_header(R"({"alg":"ES256","typ":")" + std::string(written) + "\"}", {})->type,
            read)
            << written;
}

TEST(Header, RefusesAlgorithmsThatItDoesNotKnow) {
    for (const char* alg : {"none", "None", "NONE", "nOnE", "none ", "", "rs256", "RS1", "HS1",
                            "HS256/64", "ES256K", "ES521", "RSA-OAEP"})
        EXPECT_EQ(reason_of(R"({"alg":")" + std::string(alg) + "\"}"),
                  Reason::algorithm_not_allowed)
            << alg;
    EXPECT_EQ(reason_of(R"({"alg":")" + std::string(7000, 'R') + "\"}"),
              Reason::algorithm_not_allowed);
}

TEST(Header, RefusesAnAlgorithmThatIsNoString) {
    for (const char* json : {"{}", R"({"alg":null})", R"({"alg":["RS256"]})", R"({"alg":{"a":1}})",
                             R"({"alg":256})", R"({"ALG":"RS256"})"})
        EXPECT_EQ(reason_of(json), Reason::token_malformed) << json;
}

TEST(Header, RefusesEveryCriticalExtension) {
    for (const char* member :
         {R"("crit":["x"])", R"("crit":[])", R"("crit":"exp")", R"("crit":["b64"],"b64":true)",
          R"("crit":["alg"])", R"("crit":null)", R"("b64":false)", R"("b64":true)"})
        EXPECT_EQ(reason_of(R"({"alg":"RS256",)" + std::string(member) + "}"),
                  Reason::token_critical)
            << member;
}

TEST(Header, RefusesMembersOfEncryption) {
    for (const char* member : {R"("zip":"DEF")", R"("enc":"A256GCM")", R"("enc":null)"})
        EXPECT_EQ(reason_of(R"({"alg":"RS256",)" + std::string(member) + "}"),
                  Reason::token_malformed)
            << member;
}

TEST(Header, TakesNoNoticeOfKeysAndAddressesInIt) {
    for (const char* member : {R"("jwk":{"kty":"oct","k":"AAAA"})",
                               R"("jku":"http://127.0.0.1:1/")", R"("x5u":"file:///etc/passwd")",
                               R"("x5c":["AAAA"])", R"("x5t":"AAAA")", R"("p2c":2147483647)"})
        EXPECT_EQ(reason_of(R"({"alg":"RS256",)" + std::string(member) + "}"), Reason::allowed)
            << member;
}

TEST(Header, RefusesAKeyIdThatIsNoShortString) {
    for (const std::string& kid :
         {std::string("1"), std::string("null"), std::string("[\"a\"]"), std::string("{}"),
          std::string("\"a-rs\\u0000\""), '"' + std::string(257, 'k') + '"'})
        EXPECT_EQ(reason_of(R"({"alg":"RS256","kid":)" + kid + "}"), Reason::token_malformed)
            << kid;
    for (const std::string& kid :
         {std::string("../../../../dev/null"), std::string("x' UNION SELECT 'k"),
          std::string("|sleep 5"), std::string("*"), std::string(256, 'k')})
        EXPECT_EQ(parse_header(R"({"alg":"RS256","kid":")" + kid + "\"}", {})->key_id, kid);
}

TEST(Header, RefusesATypeThatIsNoString) {
    for (const char* type : {"5", "null", "[\"JWT\"]"})
        EXPECT_EQ(reason_of(R"({"alg":"RS256","typ":)" + std::string(type) + "}"),
                  Reason::token_malformed)
            << type;
}

TEST(Header, RefusesWhatIsNoStrictObject) {
    for (const char* json :
         {"", "[]", "\"RS256\"", "1", "null", R"({"alg":"RS256","alg":"RS256"})",
          R"({"alg":"none","\u0061lg":"RS256"})", R"({"alg":"RS256","kid":"a","kid":"b"})",
          R"({"alg":"RS256","z":1.0000000000e-2147483639})", R"({"alg":"RS256"}x)",
          "\xef\xbb\xbf{\"alg\":\"RS256\"}"})
        EXPECT_EQ(reason_of(json), Reason::token_malformed) << json;
}

TEST(Header, TakesWhiteSpaceBetweenMembers) {
    EXPECT_EQ(reason_of("{\r\n \"alg\" :\t\"RS256\"\n}\n"), Reason::allowed);
}

} // namespace
} // namespace policy::token
