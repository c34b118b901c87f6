#include "policy/headers/client.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::headers {
namespace {

using support::Request;

std::string client_of(const std::string& peer, const std::vector<std::string>& chain) {
    static const auto snapshot = [] {
        config::Model model = support::make_model();
        model.trusted_proxies = {"10.0.0.0/8", "2001:db8:1::/48"};
        return support::compile(model);
    }();
    Request request("/");
    for (const std::string& value : chain) request.field("x-forwarded-for", value);
    Scratch scratch;
    token::ProofCache proofs(0, 0);
    Tools tools{scratch, proofs};
    const Peer from{parse_address(peer).value(), peer};
    const Admission admission{*snapshot, request.head(), from, support::test_now, tools};
    const Client client = find_client(admission);
    EXPECT_EQ(client.address, parse_address(client.text));
    return std::string(client.text);
}

TEST(Client, IsThePeerWhereNobodyIsTrusted) {
    EXPECT_EQ(client_of("192.0.2.7", {}), "192.0.2.7");
    EXPECT_EQ(client_of("192.0.2.7", {"1.2.3.4"}), "192.0.2.7"); // H91
    EXPECT_EQ(client_of("10.0.0.1", {}), "10.0.0.1");
}

TEST(Client, IsTheRightmostThatIsNotAProxyOfOurs) {
    EXPECT_EQ(client_of("10.0.0.1", {"1.2.3.4"}), "1.2.3.4");
    EXPECT_EQ(client_of("10.0.0.1", {"6.6.6.6, 1.2.3.4"}), "1.2.3.4");
    EXPECT_EQ(client_of("10.0.0.1", {"6.6.6.6, 1.2.3.4, 10.9.9.9"}), "1.2.3.4");
    EXPECT_EQ(client_of("10.0.0.1", {"10.1.1.1, 10.2.2.2"}), "10.1.1.1");
    EXPECT_EQ(client_of("2001:db8:1::5", {"2001:DB8:2:0::1"}), "2001:db8:2::1");
}

TEST(Client, ReadsSeveralFieldsAsOneChain) {
    EXPECT_EQ(client_of("10.0.0.1", {"6.6.6.6", "1.2.3.4, 10.3.3.3"}), "1.2.3.4");
    EXPECT_EQ(client_of("10.0.0.1", {"1.2.3.4", "10.3.3.3"}), "1.2.3.4");
}

TEST(Client, ReadsPortsAndBrackets) {
    EXPECT_EQ(client_of("10.0.0.1", {"1.2.3.4:5678"}), "1.2.3.4");
    EXPECT_EQ(client_of("10.0.0.1", {"[2001:db8:2::1]"}), "2001:db8:2::1");
    EXPECT_EQ(client_of("10.0.0.1", {"[2001:db8:2::1]:443"}), "2001:db8:2::1");
    EXPECT_EQ(client_of("10.0.0.1", {"::ffff:1.2.3.4"}), "1.2.3.4");
}

TEST(Client, AChainThatCannotBeReadIsNotBelieved) {
    for (const char* chain :
         {"", "unknown", "_hidden", "1.2.3.4,", "1.2.3.4 5.6.7.8", "1.2.3.4:", "1.2.3.4:x",
          "[1.2.3.4", "[]", "1.2.3.4:123456", "\"1.2.3.4\"", "[::1]x", "[1.2.3.4]"})
        EXPECT_EQ(client_of("10.0.0.1", {chain}), "10.0.0.1") << chain;
    EXPECT_EQ(client_of("10.0.0.1", {"rubbish, 1.2.3.4"}),
              "1.2.3.4"); // what a client put there is never reached
    EXPECT_EQ(client_of("10.0.0.1", {"1.2.3.4, rubbish, 10.2.2.2"}), "10.0.0.1");
}

TEST(Client, AChainWithoutEndIsNotBelieved) {
    std::string chain = "1.2.3.4"; // H91
    for (int i = 0; i < 200; ++i) chain += ", 10.0.0.2";
    EXPECT_EQ(client_of("10.0.0.1", {chain}), "10.0.0.1");
}

} // namespace
} // namespace policy::headers
