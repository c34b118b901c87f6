#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::model_of;
using test::report_of;

TEST(Listeners, AreRead) {
    const std::string certificate = test::write_file("api.pem", "x");
    const Model model = model_of("listeners:\n"
                                 "  - bind: 0.0.0.0:8443\n"
                                 "    tls:\n"
                                 "      certificates: [{ certificate: " +
                                 certificate + ", key: " + certificate +
                                 " }]\n"
                                 "      minimum: 1.3\n"
                                 "    protocols: [http/1.1]\n"
                                 "  - bind: \"[::1]:0\"\n");
    ASSERT_EQ(model.listeners.size(), 2u);
    const Listener& tls = model.listeners[0];
    EXPECT_EQ(tls.at, (Position{2, 5}));
    EXPECT_EQ(tls.bind, "0.0.0.0:8443");
    EXPECT_EQ(tls.address, "0.0.0.0");
    EXPECT_EQ(tls.port, 8443);
    ASSERT_TRUE(tls.tls);
    EXPECT_EQ(tls.tls->minimum, TlsVersion::tls1_3);
    ASSERT_EQ(tls.tls->certificates.size(), 1u);
    EXPECT_EQ(tls.tls->certificates[0].certificate, certificate);
    EXPECT_EQ(tls.tls->certificates[0].at, (Position{4, 22}));
    EXPECT_EQ(model.listeners[1].address, "::1");
    EXPECT_EQ(model.listeners[1].port, 0);
    EXPECT_FALSE(model.listeners[1].tls);
}

struct Row {
    std::string bind;
    std::string hint;
};

TEST(Bind, ExplainsHowToWriteIt) {
    const Row table[] = {
        {":8080", "write 0.0.0.0:8080 for all IPv4 addresses, or [::] for IPv6"},
        {"*:8080", "write 0.0.0.0:8080 for all IPv4 addresses, or [::] for IPv6"},
        {"8080", "write 0.0.0.0:8080"},
        {"localhost:8080", "write 127.0.0.1:8080"},
        {"::1:8080", "write an IPv6 address in brackets: [::1]:8080"},
        {"api.example.com:80", "write an IP address and a port: 0.0.0.0:8080 or [::]:8080"},
        {"127.0.0.1", "write an IP address and a port: 0.0.0.0:8080 or [::]:8080"},
        {"127.0.0.1:99999", "write an IP address and a port: 0.0.0.0:8080 or [::]:8080"},
        {"127.0.0.300:80", "write an IP address and a port: 0.0.0.0:8080 or [::]:8080"},
    };
    for (const Row& row : table)
        EXPECT_EQ(report_of("listeners: [{ bind: \"" + row.bind + "\" }]\n"),
                  "1:21 expected an address and a port, found \"" + row.bind + "\" (" + row.hint +
                      ")\n");
}

TEST(Listeners, ThatAreWrongSayWhere) {
    EXPECT_EQ(report_of("listeners: []\n"),
              "1:12 this list is empty (name at least one, or remove the key)\n");
    EXPECT_EQ(report_of("listeners: [{ tls: { certificates: [] } }]\n"),
              "1:13 a listener needs `bind`\n"
              "1:36 this list is empty (name at least one, or remove the key)\n");
    EXPECT_EQ(report_of("listeners:\n"
                        "  - bind: 127.0.0.1:1\n"
                        "    tls:\n"
                        "      certificates:\n"
                        "        - { certificate: no.pem }\n"
                        "        - { certificate: no.pem, key: /nowhere/no.key }\n"
                        "      minimum: 1.1\n"),
              "5:11 a certificate needs `key`\n"
              "5:26 the file \"no.pem\" cannot be read: no such file\n"
              "6:26 the file \"no.pem\" cannot be read: no such file\n"
              "6:39 the file \"/nowhere/no.key\" cannot be read: no such file\n"
              "7:16 expected `1.2` or `1.3`, found \"1.1\" (did you mean `1.2`?)\n");
    EXPECT_EQ(report_of("listeners: [{ bind: 127.0.0.1:1, tls: {} }]\n"),
              "1:34 `tls` needs `certificates`\n");
}

TEST(Listeners, NameWhatThisVersionDoesNotHave) {
    EXPECT_EQ(
        report_of("listeners:\n"
                  "  - bind: 127.0.0.1:1\n"
                  "    redirect: https\n"
                  "    protocols: [h2, http/1.1, http/1.0]\n"
                  "    tls: { client_certificates: {} }\n"),
        "3:5 `redirect` is not part of this version of claimgate\n"
        "4:17 `h2` is not part of this version of claimgate (remove it, or write [http/1.1])\n"
        "4:31 expected `http/1.1`, found \"http/1.0\"\n"
        "5:5 `tls` needs `certificates`\n"
        "5:12 `client_certificates` needs `authority`\n");
}

} // namespace
} // namespace config
