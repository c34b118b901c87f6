#include "gateway/keys/discovery.hpp"

#include "config/issuer_pattern.hpp"
#include "policy/json.hpp"

namespace gateway::keys {
namespace {

FetchError bad_discovery(std::string text) {
    return {FetchFailure::bad_discovery, "discovery: " + std::move(text)};
}

/// A provider's text in our error: bounded; the log escapes it.
std::string quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 200)) + "\""; }

/// Byte for byte; the place of the tenant may have another name there (Entra's is `{tenantid}`).
bool is_same_issuer(std::string_view named, std::string_view issuer) {
    const auto theirs = config::parse_issuer_pattern(named);
    const auto ours = config::parse_issuer_pattern(issuer);
    return theirs.has_tenant == ours.has_tenant && theirs.before == ours.before &&
           theirs.after == ours.after;
}

} // namespace

std::string discovery_url(std::string_view issuer) {
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    return std::string(issuer) + "/.well-known/openid-configuration";
}

FetchResult<std::string> read_discovery(std::string_view document, std::string_view issuer) {
    constexpr policy::JsonLimits limits{
        .bytes = 64 * 1024, .depth = 16, .members = 512, .nodes = 8192};
    const auto json = policy::parse_json(document, limits);
    if (!json || !json->root().is(policy::JsonType::object))
        return bad_discovery("the answer is not a JSON object");
    const auto named = json->root().find("issuer");
    if (!named || !named->is(policy::JsonType::string))
        return bad_discovery("the document names no issuer");
    if (!is_same_issuer(named->text(), issuer))
        return bad_discovery("the document is of issuer " + quoted(named->text()) + ", not " +
                             quoted(issuer));
    const auto uri = json->root().find("jwks_uri");
    if (!uri || !uri->is(policy::JsonType::string))
        return bad_discovery("the document has no jwks_uri");
    return std::string(uri->text());
}

FetchResult<Destination> configured_destination(std::string_view text, bool allow_http) {
    auto url = parse_url(text);
    if (!url)
        return FetchError{FetchFailure::bad_url,
                          quoted(text) + " is not a URL that can be fetched"};
    if (!url->tls && !allow_http)
        return FetchError{FetchFailure::cleartext,
                          quoted(text) + " is not https, and allow_http is not set"};
    return Destination{std::move(*url), false};
}

FetchResult<Destination> discovered_destination(std::string_view text, const Url& issuer,
                                                bool allow_http) {
    auto destination = configured_destination(text, allow_http);
    if (destination) destination->public_only = destination->url.host != issuer.host && !allow_http;
    return destination;
}

} // namespace gateway::keys
