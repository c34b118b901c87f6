#include "gateway/keys/fetcher.hpp"

#include "gateway/keys/discovery.hpp"
#include "gateway/keys/freshness.hpp"
#include "gateway/keys/http_get.hpp"

#include <boost/asio/this_coro.hpp>

namespace gateway::keys {
namespace {

/// Where the issuer's document says that the keys are.
Task<FetchResult<Destination>> discover(std::shared_ptr<Flight> flight, FetchJob job) {
    const auto to = configured_destination(discovery_url(job.url.empty() ? job.issuer : job.url),
                                           job.allow_http);
    if (!to) co_return to.error();
    GetRequest request;
    request.to = *to;
    request.ca_file = job.ca_file;
    request.body_limit = 64 * 1024;
    const auto reply = co_await http_get(flight, request);
    if (!reply) {
        FetchError error = reply.error();
        error.text.insert(0, "discovery: ");
        co_return error;
    }
    const auto url = read_discovery(reply->body, job.issuer);
    if (!url) co_return url.error();
    co_return discovered_destination(*url, to->url, job.allow_http);
}

Task<FetchResult<Destination>> find_keys(std::shared_ptr<Flight> flight, FetchJob job) {
    if (!job.discover) co_return configured_destination(job.url, job.allow_http);
    auto found = co_await discover(flight, job);
    co_return found;
}

} // namespace

FetchJob make_job(const config::Issuer& issuer) {
    return {.issuer = issuer.issuer,
            .discover = issuer.keys.kind == config::KeySourceKind::discover,
            .url = issuer.keys.url,
            .ca_file = issuer.keys.ca_file,
            .allow_http = issuer.keys.allow_http};
}

Task<FetchResult<Fetched>> fetch_keys(FetchJob job) {
    const Executor executor = co_await asio::this_coro::executor;
    const auto flight = std::make_shared<Flight>(executor, job.deadline);
    const auto to = co_await find_keys(flight, job);
    if (!to) co_return to.error();

    Fetched fetched;
    fetched.url = (to->url.tls ? "https://" : "http://") + to->url.authority() + to->url.target;
    GetRequest request;
    request.to = *to;
    request.ca_file = job.ca_file;
    if (fetched.url == job.etag_url) request.etag = job.etag;
    auto reply = co_await http_get(flight, request);
    if (!reply) co_return reply.error();
    fetched.modified = reply->modified;
    fetched.document = std::move(reply->body);
    // A 304 may leave the validator out; the one that matched is still good (RFC 9110 15.4.5).
    fetched.etag = reply->etag.empty() && !reply->modified ? job.etag : reply->etag;
    fetched.max_age = parse_max_age(reply->cache_control, reply->age);
    co_return fetched;
}

} // namespace gateway::keys
