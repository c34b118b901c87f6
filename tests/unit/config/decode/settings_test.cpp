#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;
using Names = std::vector<std::string>;

TEST(Limits, AreRead) {
    const Limits limits = model_of("limits:\n"
                                   "  head: 32KiB\n"
                                   "  fields: 50\n"
                                   "  body: 1MiB\n"
                                   "  connections: 10\n"
                                   "  requests_per_connection: 1000\n"
                                   "  token: 4KiB\n"
                                   "  proofs: 100\n"
                                   "  proof_bytes: 2MiB\n"
                                   "  head_timeout: 1s\n"
                                   "  body_timeout: 2s\n"
                                   "  idle_timeout: 3s\n"
                                   "  send_timeout: 4s\n"
                                   "  key_wait: 500ms\n")
                              .limits;
    EXPECT_EQ(limits.head, 32768u);
    EXPECT_EQ(limits.fields, 50u);
    EXPECT_EQ(limits.body, 1048576u);
    EXPECT_EQ(limits.connections, 10u);
    EXPECT_EQ(limits.requests_per_connection, 1000u);
    EXPECT_EQ(limits.token, 4096u);
    EXPECT_EQ(limits.proofs, 100u);
    EXPECT_EQ(limits.proof_bytes, 2097152u);
    EXPECT_EQ(limits.head_timeout, std::chrono::seconds(1));
    EXPECT_EQ(limits.body_timeout, std::chrono::seconds(2));
    EXPECT_EQ(limits.idle_timeout, std::chrono::seconds(3));
    EXPECT_EQ(limits.send_timeout, std::chrono::seconds(4));
    EXPECT_EQ(limits.key_wait, std::chrono::milliseconds(500));
}

TEST(Limits, HaveBounds) {
    EXPECT_EQ(report_of("limits: { head: 61KiB }\n"),
              "1:17 expected a size from 1KiB to 60KiB, found \"61KiB\"\n");
    EXPECT_EQ(report_of("limits: { fields: 121 }\n"),
              "1:19 expected a whole number from 10 to 120, found \"121\"\n");
    EXPECT_EQ(report_of("limits: { token: 33KiB }\n"),
              "1:18 expected a size from 256B to 32KiB, found \"33KiB\"\n");
    EXPECT_EQ(report_of("limits: { connections: 0 }\n"),
              "1:24 expected a whole number from 1 to 10000000, found \"0\"\n");
    EXPECT_EQ(report_of("limits: { bodi: 1 }\n"),
              "1:11 unknown key `bodi` in `limits` (did you mean `body`?)\n");
}

TEST(TrustedProxies, AreNetworks) {
    EXPECT_EQ(model_of("trusted_proxies: [10.0.0.0/8, \"fd00::/8\"]\n").trusted_proxies,
              (Names{"10.0.0.0/8", "fd00::/8"}));
    EXPECT_EQ(report_of("trusted_proxies: [10.0.0.0/8, proxy.example, 10.0.0.0/99]\n"),
              "1:31 \"proxy.example\" is no network: it does not begin with an IP address (write "
              "one as 10.0.0.0/8 or "
              "fd00::/8)\n"
              "1:46 \"10.0.0.0/99\" is no network: its prefix length must be 0 to 32 (write one as "
              "10.0.0.0/8 or "
              "fd00::/8)\n");
}

TEST(Admin, IsOnByDefaultAndLocal) {
    const Admin admin = model_of("").admin;
    EXPECT_TRUE(admin.enabled);
    EXPECT_EQ(admin.bind, "127.0.0.1:9901");
    EXPECT_FALSE(model_of("admin: off\n").admin.enabled);
    const Admin other = model_of("admin: { bind: \"[::1]:99\" }\n").admin;
    EXPECT_EQ(other.address, "::1");
    EXPECT_EQ(other.port, 99);
    EXPECT_EQ(other.at, (Position{1, 1}));
}

TEST(Admin, SaysWhatIsWrongOrRisky) {
    EXPECT_EQ(report_of("admin: { bind: 0.0.0.0:9901 }\n"),
              "1:16 [admin_exposed] the admin endpoint can be reached from other machines (bind it "
              "to 127.0.0.1, or let "
              "only your monitoring reach it)\n");
    EXPECT_EQ(report_of("admin: false\n"), "1:8 expected a mapping, or `off`, found \"false\"\n");
}

TEST(Admin, HasASocketBesideTheFileUnlessItIsOff) {
    const Admin admin = model_of("").admin;
    EXPECT_EQ(admin.socket, "claimgate.sock");
    EXPECT_EQ(admin.socket_at.line, 0) << "the default, which may be missing";
    const Admin chosen = model_of("admin: { socket: run/gate.sock }\n").admin;
    EXPECT_EQ(chosen.socket, "run/gate.sock");
    EXPECT_EQ(chosen.socket_at, (Position{1, 10}));
    EXPECT_EQ(model_of("admin: { socket: /run/gate.sock }\n").admin.socket, "/run/gate.sock");
    EXPECT_EQ(model_of("admin: { socket: off }\n").admin.socket, "");
    EXPECT_EQ(model_of("admin: off\n").admin.socket, "");
    EXPECT_EQ(report_of("admin: { socket: /" + std::string(107, 'x') + " }\n"),
              "1:18 the path of a socket holds at most 107 bytes\n");
}

TEST(Admin, HasNoTokenUnlessOneIsSet) {
    const std::string good(32, 'x');
    EXPECT_TRUE(model_of("").admin.token.empty());
    EXPECT_EQ(model_of("admin: { token: \"${T}\" }\n", {{"T", good}}).admin.token.reveal(), good);
    EXPECT_EQ(report_of("admin: { token: \"${T}\" }\n", {{"T", good}}), "");
    const std::string refused =
        "1:10 the admin token needs at least 32 visible characters, without spaces (make one with: "
        "openssl rand -hex 32)\n";
    for (const std::string& bad : {std::string(31, 'x'), std::string(5000, 'x'),
                                   std::string(40, 'x') + " y", std::string(40, 'x') + "\xC3\xA4"})
        EXPECT_EQ(report_of("admin: { token: \"${T}\" }\n", {{"T", bad}}), refused) << bad;
    EXPECT_EQ(report_of("admin: { token: " + good + " }\n"),
              "1:10 [literal_secret] the secret stands in the configuration file itself (write "
              "`token: ${NAME}` or `token: ${file:PATH}`)\n");
}

TEST(AccessLog, IsRead) {
    EXPECT_EQ(model_of("").access_log.format, LogFormat::json);
    const AccessLog log =
        model_of("access_log: { format: text, path: /var/log/a.log, claims: [sub, tenant.id] }\n")
            .access_log;
    EXPECT_EQ(log.format, LogFormat::text);
    EXPECT_EQ(log.path, "/var/log/a.log");
    EXPECT_EQ(log.claims, (Names{"sub", "tenant.id"}));
    EXPECT_EQ(model_of("access_log: { format: none }\n").access_log.format, LogFormat::none);
    EXPECT_EQ(report_of("access_log: { format: jsno }\n"),
              "1:23 expected `json`, `text` or `none`, found \"jsno\" (did you mean `json`?)\n");
}

TEST(Drain, IsRead) {
    const Drain drain = model_of("drain: { delay: 5s, timeout: 10s }\n").drain;
    EXPECT_EQ(drain.delay, std::chrono::seconds(5));
    EXPECT_EQ(drain.timeout, std::chrono::seconds(10));
}

} // namespace
} // namespace config
