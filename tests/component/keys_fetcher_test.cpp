// The fetcher against a provider that behaves, and against ones that do not.

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

class Fetcher : public component::FetchTest {
protected:
    FetchJob jwks(const Provider& provider, const std::string& host = "localhost") const {
        return {.issuer = "https://issuer.example",
                .discover = false,
                .url = provider.origin(host) + "/keys",
                .ca_file = ca_file_};
    }
    FetchJob discovery(const Provider& provider) const {
        return {.issuer = provider.origin(), .discover = true, .ca_file = ca_file_};
    }
    /// The failure when the key set at /keys is these bytes.
    FetchFailure failure_of(std::string bytes) {
        Provider provider(authority_.issue({}));
        provider.set("/keys", std::move(bytes));
        const auto result = fetch(jwks(provider));
        EXPECT_FALSE(result);
        return result ? FetchFailure::bad_url : result.error().kind;
    }
};

TEST_F(Fetcher, FindsTheKeysThroughDiscovery) {
    Provider provider(authority_.issue({}));
    provider.set_key_set(key_set_one, "Cache-Control: public, max-age=300\r\nETag: \"v1\"\r\n");
    const auto fetched = fetch(discovery(provider));
    ASSERT_TRUE(fetched) << fetched.error().text;
    EXPECT_TRUE(fetched->modified);
    EXPECT_EQ(fetched->document, key_set_one);
    EXPECT_EQ(fetched->etag, "\"v1\"");
    EXPECT_EQ(fetched->url, provider.origin() + "/keys");
    EXPECT_EQ(fetched->max_age, std::chrono::seconds(300));
}

TEST_F(Fetcher, AsksPlainlyAndForJsonOnly) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", http_ok(key_set_one));
    ASSERT_TRUE(fetch(jwks(provider)));
    EXPECT_EQ(provider.requests().at(0),
              "GET /keys HTTP/1.1\r\nHost: localhost:" + std::to_string(provider.port()) +
                  "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n"
                  "User-Agent: claimgate\r\nConnection: close\r\n\r\n");
}

TEST_F(Fetcher, ReadsChunkedAndCloseDelimitedAnswers) {
    Provider provider(authority_.issue({}));
    provider.set("/keys",
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    EXPECT_EQ(fetch(jwks(provider))->document, "{}");
    Provider plain;
    plain.set("/keys", "HTTP/1.0 200 OK\r\n\r\n{}");
    FetchJob job = jwks(plain);
    job.allow_http = true;
    EXPECT_EQ(fetch(job)->document, "{}");
}

TEST_F(Fetcher, LearnsThatNothingChanged) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", "HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n");
    FetchJob job = jwks(provider);
    job.etag = "\"v1\"";
    job.etag_url = job.url;
    const auto fetched = fetch(job);
    ASSERT_TRUE(fetched) << fetched.error().text;
    EXPECT_FALSE(fetched->modified);
    EXPECT_EQ(fetched->etag, "\"v1\"");
    EXPECT_NE(provider.requests().at(0).find("If-None-Match: \"v1\"\r\n"), std::string::npos);
}

TEST_F(Fetcher, DoesNotShowAValidatorToAnotherPlace) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", http_ok(key_set_one));
    FetchJob job = jwks(provider);
    job.etag = "\"v1\"";
    job.etag_url = "https://elsewhere.example/keys";
    ASSERT_TRUE(fetch(job));
    EXPECT_EQ(provider.requests().at(0).find("If-None-Match"), std::string::npos);
}

TEST_F(Fetcher, RefusesNotModifiedWhenItAskedWithoutAValidator) {
    EXPECT_EQ(failure_of("HTTP/1.1 304 Not Modified\r\n\r\n"), FetchFailure::redirected);
}

TEST_F(Fetcher, DropsAValidatorThatIsNotOne) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", http_ok(key_set_one, "ETag: \"a b\"\r\n"));
    EXPECT_EQ(fetch(jwks(provider))->etag, "");
}

TEST_F(Fetcher, RefusesAnswersThatAreNotAKeySetsHttp) {
    struct Case {
        const char* bytes;
        FetchFailure failure;
    };
    constexpr Case cases[] = {
        {"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", FetchFailure::bad_status},
        {"HTTP/1.1 204 No Content\r\n\r\n", FetchFailure::bad_status},
        {"HTTP/1.1 302 Found\r\nLocation: https://localhost/\r\nContent-Length: 0\r\n\r\n",
         FetchFailure::redirected},
        {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"keys\":", FetchFailure::not_http},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
         FetchFailure::not_http},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FetchFailure::not_http},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
         FetchFailure::encoded},
        {"SSH-2.0-OpenSSH_9.2\r\n", FetchFailure::not_http},
        {"", FetchFailure::not_http},
    };
    for (const Case& c : cases) EXPECT_EQ(failure_of(c.bytes), c.failure) << c.bytes;
}

TEST_F(Fetcher, EndsAtTheSizeLimits) {
    const std::string huge(256 * 1024 + 1, 'x');
    EXPECT_EQ(failure_of(http_ok(huge)), FetchFailure::too_large);
    std::string endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) endless += "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
    EXPECT_EQ(failure_of(endless), FetchFailure::too_large);
    EXPECT_EQ(failure_of("HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n{}"),
              FetchFailure::too_large);
    std::string fields = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 2000; ++i) fields += "X-" + std::to_string(i) + ": x\r\n";
    EXPECT_EQ(failure_of(fields + "\r\n{}"), FetchFailure::too_large);
}

TEST_F(Fetcher, TakesADocumentOfExactlyTheLimit) {
    Provider provider(authority_.issue({}));
    provider.set("/keys", http_ok(std::string(256 * 1024, 'x')));
    EXPECT_EQ(fetch(jwks(provider))->document.size(), 256u * 1024);
}

TEST_F(Fetcher, EndsWhenItsTimeIsOver) {
    Provider provider(authority_.issue({}));
    for (const char* said :
         {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"}) {
        provider.set_hanging("/keys", said);
        FetchJob job = jwks(provider);
        job.deadline = std::chrono::milliseconds(200);
        const auto result = fetch(job);
        ASSERT_FALSE(result) << said;
        EXPECT_EQ(result.error().kind, FetchFailure::timed_out) << said;
    }
}

TEST_F(Fetcher, EndsWhenTheHandshakeHangs) {
    Provider plain; // waits for a head that a TLS hello never completes
    FetchJob job = jwks(plain);
    job.url = "https://localhost:" + std::to_string(plain.port()) + "/keys";
    job.deadline = std::chrono::milliseconds(200);
    EXPECT_EQ(fetch(job).error().kind, FetchFailure::timed_out);
}

TEST_F(Fetcher, SaysThatNobodyListens) {
    std::string url;
    {
        Provider gone(authority_.issue({}));
        url = gone.origin() + "/keys";
    }
    FetchJob job{.discover = false, .url = url, .ca_file = ca_file_};
    EXPECT_EQ(fetch(job).error().kind, FetchFailure::unreachable);
}

TEST_F(Fetcher, SaysThatANameDoesNotExist) {
    FetchJob job{.discover = false, .url = "https://name.invalid/keys", .ca_file = ca_file_};
    EXPECT_EQ(fetch(job).error().kind, FetchFailure::unresolved);
}

} // namespace
