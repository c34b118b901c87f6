// Whom the fetcher believes: certificates, issuers, and where a document may lead.

#include "tests/component/keys_fixture.hpp"
#include "tests/component/keys_provider.hpp"

#include <gtest/gtest.h>

namespace {

using namespace gateway::keys;
using component::Certificate;
using component::fetch;
using component::http_ok;
using component::key_set_one;
using component::Provider;

class Trust : public component::FetchTest {
protected:
    FetchResult<Fetched> fetch_from(const Certificate& certificate, const std::string& host,
                                    const std::string& ca) {
        Provider provider(certificate);
        provider.set("/keys", http_ok(key_set_one));
        auto result =
            fetch({.discover = false, .url = provider.origin(host) + "/keys", .ca_file = ca});
        EXPECT_EQ(provider.requests().empty(), !result)
            << "nothing is asked of whom we do not believe";
        return result;
    }
    /// Discovery with this document; `issuer` is the provider's origin unless given.
    FetchResult<Fetched> discover(Provider& provider, const std::string& document,
                                  bool allow_http = false) {
        provider.set("/.well-known/openid-configuration", http_ok(document));
        return fetch({.issuer = provider.origin(),
                      .discover = true,
                      .ca_file = ca_file_,
                      .allow_http = allow_http});
    }
};

TEST_F(Trust, BelievesTheRightNameOfAKnownAuthority) {
    EXPECT_TRUE(fetch_from(authority_.issue({}), "localhost", ca_file_));
    EXPECT_TRUE(fetch_from(authority_.issue({.names = "IP:127.0.0.1"}), "127.0.0.1", ca_file_));
    EXPECT_TRUE(fetch_from(authority_.issue({.names = "DNS:other.example,DNS:localhost"}),
                           "localhost", ca_file_));
}

TEST_F(Trust, BelievesNobodyElse) {
    struct Case {
        const char* what;
        Certificate certificate;
        const char* host;
        const char* words;
    };
    const Case cases[] = {
        {"another name", authority_.issue({.names = "DNS:other.example"}), "localhost",
         "hostname mismatch"},
        {"part of a name", authority_.issue({.names = "DNS:local*"}), "localhost",
         "hostname mismatch"},
        {"a name for an address", authority_.issue({.names = "DNS:127.0.0.1"}), "127.0.0.1",
         "IP address mismatch"},
        {"expired", authority_.issue({.valid_from = -7200, .valid_until = -3600}), "localhost",
         "has expired"},
        {"not yet valid", authority_.issue({.valid_from = 3600, .valid_until = 7200}), "localhost",
         "not yet valid"},
        {"self-signed", Certificate::make_self_signed({}), "localhost", "self-signed"},
        {"another authority", Certificate::make_authority().issue({}), "localhost", "certificate"},
    };
    for (const Case& c : cases) {
        const auto result = fetch_from(c.certificate, c.host, ca_file_);
        ASSERT_FALSE(result) << c.what;
        EXPECT_EQ(result.error().kind, FetchFailure::untrusted) << c.what;
        EXPECT_NE(result.error().text.find(c.words), std::string::npos)
            << c.what << ": " << result.error().text;
    }
}

TEST_F(Trust, DoesNotFallBackToTheSystemsAuthoritiesOrToNone) {
    EXPECT_EQ(fetch_from(authority_.issue({}), "localhost", "").error().kind,
              FetchFailure::untrusted);
    const auto missing = fetch_from(authority_.issue({}), "localhost", directory_ / "missing.pem");
    EXPECT_EQ(missing.error().kind, FetchFailure::untrusted);
    EXPECT_NE(missing.error().text.find("missing.pem"), std::string::npos);
}

TEST_F(Trust, WantsHttpsUnlessToldOtherwise) {
    Provider plain;
    plain.set("/keys", http_ok(key_set_one));
    FetchJob job{.discover = false, .url = plain.origin() + "/keys"};
    EXPECT_EQ(fetch(job).error().kind, FetchFailure::cleartext);
    EXPECT_TRUE(plain.requests().empty());
    job.allow_http = true;
    EXPECT_TRUE(fetch(job));
}

TEST_F(Trust, WantsTheVeryIssuerInTheDocument) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", http_ok(key_set_one));
    const std::string uri = R"(","jwks_uri":")" + provider.origin() + R"(/keys"})";
    EXPECT_TRUE(discover(provider, R"({"issuer":")" + provider.origin() + uri));
    for (const std::string& issuer :
         {provider.origin() + "/", std::string("https://other.example"), std::string()}) {
        const auto result = discover(provider, R"({"issuer":")" + issuer + uri);
        ASSERT_FALSE(result) << issuer;
        EXPECT_EQ(result.error().kind, FetchFailure::bad_discovery) << issuer;
    }
    EXPECT_EQ(discover(provider, "<html>Sign in</html>").error().kind, FetchFailure::bad_discovery);
}

TEST_F(Trust, FollowsNoDocumentIntoThePrivateNetwork) {
    Provider provider(authority_.issue({}));
    Provider inside;
    inside.set("/keys", http_ok(key_set_one));
    const auto lead_to = [&](const std::string& uri, bool allow_http = false) {
        return discover(provider,
                        R"({"issuer":")" + provider.origin() + R"(","jwks_uri":")" + uri + R"("})",
                        allow_http);
    };
    for (const char* uri :
         {"https://127.0.0.1/keys", "https://169.254.169.254/keys", "https://10.0.0.1/keys",
          "https://[::1]/keys", "https://[::ffff:127.0.0.1]/keys"})
        EXPECT_EQ(lead_to(uri).error().kind, FetchFailure::private_address) << uri;
    EXPECT_EQ(lead_to(inside.origin() + "/keys").error().kind, FetchFailure::cleartext);
    EXPECT_EQ(lead_to("https://2130706433/keys").error().kind, FetchFailure::bad_url);
    EXPECT_EQ(lead_to("file:///etc/passwd").error().kind, FetchFailure::bad_url);
    EXPECT_TRUE(inside.requests().empty());
}

TEST_F(Trust, FollowsADocumentInsideWhenTheOperatorSaidSo) {
    Provider provider, keys;
    keys.set("/keys", http_ok(key_set_one));
    const auto result = discover(provider,
                                 R"({"issuer":")" + provider.origin() + R"(","jwks_uri":")" +
                                     keys.origin("127.0.0.1") + R"(/keys"})",
                                 true);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_EQ(result->document, key_set_one);
}

} // namespace
