#include "gateway/observe/access_line.hpp"
#include "policy/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace gateway::observe;
using policy::rule::ClaimPath;

policy::token::Proof make_proof(std::string_view claims) {
    policy::token::Proof proof;
    proof.token = "eyJhbGciOiJSUzI1NiJ9.secret.signature";
    proof.issuer_name = "keycloak";
    proof.claims.document = *policy::parse_json(claims);
    proof.claims.subject = "ada";
    proof.claims.id = "token-7";
    proof.claims.client = "shop";
    return proof;
}

AccessRecord make_record() {
    AccessRecord record;
    record.started = policy::TimePoint(std::chrono::milliseconds(1'795'507'631'042));
    record.request_id = "0198";
    record.client = "192.0.2.7";
    record.method = "GET";
    record.host = "api.example.com";
    record.path = "/orders/7";
    record.tls = true;
    record.status = 200;
    record.route = "orders";
    record.upstream = "orders";
    record.target = "10.0.0.5:8080";
    record.bytes_in = 3;
    record.bytes_out = 1024;
    record.duration = std::chrono::microseconds(12042);
    record.upstream_duration = std::chrono::microseconds(900);
    return record;
}

std::string json(const AccessRecord& record, std::vector<ClaimPath> claims = {}) {
    AccessLine line;
    return std::string(line.json(record, claims));
}

std::string text(const AccessRecord& record) {
    AccessLine line;
    return std::string(line.text(record));
}

TEST(AccessLine, NamesEveryFieldInJson) {
    const auto proof = make_proof("{}");
    AccessRecord record = make_record();
    record.proof = &proof;
    record.proof_cached = true;
    EXPECT_EQ(
        json(record),
        "{\"ts\":\"2026-11-24T08:07:11.042Z\",\"request_id\":\"0198\",\"client_ip\":\"192.0.2.7\","
        "\"method\":\"GET\",\"host\":\"api.example.com\",\"path\":\"/orders/"
        "7\",\"protocol\":\"HTTP/1.1\","
        "\"tls\":true,\"status\":200,\"reason\":\"allowed\",\"route\":\"orders\",\"upstream\":"
        "\"orders\","
        "\"upstream_addr\":\"10.0.0.5:8080\",\"bytes_in\":3,\"bytes_out\":1024,\"duration_ms\":12."
        "042,"
        "\"upstream_ms\":0.900,\"issuer\":\"keycloak\",\"sub\":\"ada\",\"jti\":\"token-7\","
        "\"client_id\":\"shop\",\"proof\":\"cached\"}\n");
}

TEST(AccessLine, LeavesOutWhatDidNotHappen) {
    AccessRecord record;
    record.status = 400;
    record.reason = policy::Reason::bad_request;
    EXPECT_EQ(json(record),
              "{\"ts\":\"1970-01-01T00:00:00.000Z\",\"client_ip\":\"\",\"method\":\"\",\"host\":"
              "\"\",\"path\":\"\","
              "\"protocol\":\"HTTP/"
              "1.1\",\"tls\":false,\"status\":400,\"reason\":\"bad_request\",\"bytes_in\":0,"
              "\"bytes_out\":0,\"duration_ms\":0.000,\"proof\":\"none\"}\n");
}

TEST(AccessLine, NamesWhatShadowModeWouldHaveChanged) {
    const std::vector<std::string> names = {"access.all[0]", "policies.staff", "access.any[2]"};
    AccessRecord record = make_record();
    record.shadow_names = names;
    record.shadow_rules = 0b101;
    EXPECT_EQ(json(record).find("shadow"), std::string::npos) << "no difference, no word of it";
    record.shadow_denied = true;
    EXPECT_NE(json(record).find(
                  R"(,"shadow_denied":true,"shadow_rules":["access.all[0]","access.any[2]"])"),
              std::string::npos);
    record.shadow_denied = false;
    record.shadow_allowed = true;
    record.shadow_reason = policy::Reason::token_missing;
    EXPECT_NE(json(record).find(R"(,"shadow_reason":"token_missing","shadow_allowed":true,)"),
              std::string::npos);
}

TEST(AccessLine, IsAlwaysOneJsonObjectOnOneLine) {
    const std::string hostile("a\r\n\"\\\x1b[31m\x7f\xc3\xff${jndi:ldap://x}\xe2\x80\xa8");
    AccessRecord record = make_record();
    record.method = record.path = record.host = record.request_id = hostile;
    const std::string line = json(record);
    const auto object = policy::parse_json(line);
    ASSERT_TRUE(object) << line;
    EXPECT_EQ(object->root().find("path")->text().substr(0, 11), hostile.substr(0, 11));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    const std::string plain = text(record);
    EXPECT_EQ(std::count(plain.begin(), plain.end(), '\n'), 1);
    for (const char c : plain) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= ' ');
}

TEST(AccessLine, CutsLongTexts) {
    AccessRecord record;
    const std::string megabyte(1024 * 1024, 'x');
    record.path = record.method = megabyte;
    EXPECT_LT(json(record).size(), 3 * AccessLine::longest_text);
    EXPECT_LT(text(record).size(), 3 * AccessLine::longest_text);
}

TEST(AccessLine, NeverHoldsTheToken) {
    const auto proof = make_proof("{\"sub\":\"ada\"}");
    AccessRecord record = make_record();
    record.proof = &proof;
    for (const std::string& line : {json(record), text(record)}) {
        EXPECT_EQ(line.find("secret"), std::string::npos);
        EXPECT_EQ(line.find("eyJ"), std::string::npos);
    }
}

TEST(AccessLine, ShowsConfiguredClaimsByTheirPaths) {
    const auto proof = make_proof("{\"tenant\":\"a\\nb\",\"n\":1.50,\"ok\":true,\"nothing\":null,"
                                  "\"realm_access\":{\"roles\":[\"x\",2,{\"deep\":1}]},\"many\":"
                                  "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]}");
    AccessRecord record = make_record();
    record.proof = &proof;
    const std::string line = json(record, {{"tenant", {"tenant"}},
                                           {"missing", {"missing"}},
                                           {"n", {"n"}},
                                           {"ok", {"ok"}},
                                           {"nothing", {"nothing"}},
                                           {"realm_access.roles", {"realm_access", "roles"}},
                                           {"many", {"many"}},
                                           {"realm_access", {"realm_access"}}});
    EXPECT_NE(line.find("\"claims\":{\"tenant\":\"a\\nb\",\"n\":1.50,\"ok\":true,\"nothing\":null,"
                        "\"realm_access.roles\":[\"x\",2,\"(not shown)\"],"
                        "\"many\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],"
                        "\"realm_access\":\"(not shown)\"}"),
              std::string::npos)
        << line;
}

TEST(AccessLine, HasNoClaimsMemberWhenNoneIsThere) {
    const auto proof = make_proof("{}");
    AccessRecord record = make_record();
    record.proof = &proof;
    EXPECT_EQ(json(record, {{"tenant", {"tenant"}}}).find("claims"), std::string::npos);
}

TEST(AccessLine, DoesNotShowANumberOfAThousandDigits) {
    const auto proof = make_proof("{\"n\":0." + std::string(1000, '1') + "}");
    AccessRecord record = make_record();
    record.proof = &proof;
    EXPECT_NE(json(record, {{"n", {"n"}}}).find("\"n\":\"(not shown)\""), std::string::npos);
}

TEST(AccessLine, IsOneRowOfWordsAsText) {
    EXPECT_EQ(text(make_record()), "2026-11-24T08:07:11.042Z 192.0.2.7 GET api.example.com "
                                   "/orders/7 200 allowed orders 10.0.0.5:8080 - "
                                   "3 1024 12.042 0198\n");
}

TEST(AccessLine, QuotesTextFromOutsideThatHoldsABlank) {
    AccessRecord record = make_record();
    record.path = "/a 200 allowed";
    EXPECT_NE(text(record).find(" \"/a 200 allowed\" 200 allowed "), std::string::npos);
}

} // namespace
