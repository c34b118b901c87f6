#pragma once

// OpenID Connect discovery (OIDC Discovery 1.0 section 4, RFC 8414): where a provider says its keys
// are, and which of these places we would dial. Pure functions.

#include "gateway/keys/fetch_error.hpp"
#include "gateway/keys/url.hpp"

#include <string>
#include <string_view>

namespace gateway::keys {

/// `{issuer}/.well-known/openid-configuration`; a trailing slash of the issuer is not doubled.
std::string discovery_url(std::string_view issuer);

/// The jwks_uri of a document whose `issuer` is byte for byte the configured one (RFC 8414 3.3).
FetchResult<std::string> read_discovery(std::string_view document, std::string_view issuer);

/// A URL that may be dialled, and whether only public addresses may be behind its name. Rule:
/// https, unless allow_http. A URL from the configuration may lead anywhere. One from a discovery
/// document may lead to the issuer's own host; to another host only when that is public, or
/// allow_http (which also means "a provider in my own network").
struct Destination {
    Url url;
    bool public_only = false;
};
FetchResult<Destination> configured_destination(std::string_view url, bool allow_http);
FetchResult<Destination> discovered_destination(std::string_view url, const Url& issuer,
                                                bool allow_http);

} // namespace gateway::keys
