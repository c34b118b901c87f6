#pragma once

// What a configuration file says, as plain structs. Every default is written here and only here.
// A Model that load() returned is complete, cross-checked and immutable: files are read, variables
// replaced, relative paths resolved. It holds text and numbers only: compiling rules and keys is
// policy's work. Every struct that an error or an explanation may point at carries its place in the
// file.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace config {

using Duration = std::chrono::milliseconds;

/// Where something stands in the configuration file; both count from 1, and line 0 means "not in
/// the file".
struct Position {
    int line = 0;
    int column = 0;
    bool operator==(const Position&) const = default;
};

/// A text that must never be printed. Only the code that uses it calls reveal().
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    std::string text_;
};

// ---------------------------------------------------------------- listeners

enum class TlsVersion { tls1_2, tls1_3 };

struct Certificate {
    Position at;
    std::string certificate; ///< path of a PEM file: the certificate, then its chain
    std::string key;         ///< path of a PEM file
};

enum class ClientCertificateMode { optional, required };

/// Whose clients are known by their certificates.
struct ClientCertificates {
    Position at;
    std::string authority; ///< path of a PEM file: the certificates that they end in
    ClientCertificateMode mode = ClientCertificateMode::optional;
};

struct ListenerTls {
    Position at;
    std::vector<Certificate> certificates; ///< at least one; SNI picks, the first is the default
    TlsVersion minimum = TlsVersion::tls1_2;
    std::optional<ClientCertificates> client_certificates; ///< none: no client is asked for one
};

struct Listener {
    Position at;
    std::string bind; ///< as written, for messages
    std::string address;
    std::uint16_t port = 0; ///< 0 lets the kernel choose; the port is logged at start
    std::optional<ListenerTls> tls;
};

// ---------------------------------------------------------------- issuers

enum class KeySourceKind { discover, jwks, file, pem, secret };

struct KeySource {
    Position at;
    KeySourceKind kind = KeySourceKind::discover;
    std::string url;     ///< jwks: where to fetch; discover: whose document, if not the issuer's
    std::string path;    ///< file, pem: for messages
    std::string text;    ///< file, pem: what the file held when the configuration was loaded
    Secret secret;       ///< secret: the bytes of the HMAC key
    std::string ca_file; ///< PEM bundle to verify the provider with; empty: the system's
    bool allow_http =
        false; ///< jwks, discover: cleartext and private addresses, for tests and sidecars
};

/// A claim at the top of a token that must be there and not be null.
struct RequiredClaim {
    std::string name;
    std::vector<std::string> values; ///< a string among these; empty: any value
    bool may_be_missing = false;     ///< then only what is there must be one of the values
    bool operator==(const RequiredClaim&) const = default;
};

/// Who may stand for `{tenant}` in an `iss`.
struct Tenant {
    Position at;
    std::string claim; ///< at the top of the token: the same text as in `iss`, byte by byte
    std::vector<std::string> one_of; ///< sorted; empty only with any
    bool any = false;                ///< written out as `any: true`
};

struct Issuer {
    Position at;
    std::string name;
    std::string preset; ///< of presets.hpp; its values are already in the fields below
    std::string issuer; ///< compared with `iss` byte by byte; with a tenant it holds `{tenant}`
    std::vector<std::string> other_issuers; ///< more values of `iss`, compared in the same way
    std::vector<std::string>
        audiences; ///< one of them must be in the audience claim; empty only with any_audience
    std::string audience_claim = "aud";
    std::optional<Tenant> tenant;
    bool any_audience = false;           ///< written out as `audience: any`
    std::vector<std::string> algorithms; ///< JOSE names; empty: all asymmetric ones the keys allow
    std::vector<std::string>
        types; ///< accepted `typ`, lower case, without application/; empty: the default list
    std::vector<RequiredClaim> required_claims; ///< beyond `exp`
    KeySource keys;
    Duration leeway = std::chrono::seconds(30); ///< at most 300 s
    Duration max_lifetime =
        std::chrono::hours(24 * 3650); ///< an `exp` further away than this is not believed
    std::vector<std::string> scopes = {"scope", "scp"}; ///< claim paths that hold scopes
    std::vector<std::string> roles = {"roles",
                                      "realm_access.roles"}; ///< claim paths that hold roles
    std::vector<std::string> groups = {"groups"};            ///< claim paths that hold groups
};

// ---------------------------------------------------------------- upstreams

struct Target {
    Position at;
    std::string text; ///< as written
    std::string host; ///< a name or an address without brackets
    std::uint16_t port = 0;
};

struct UpstreamTimeouts {
    Duration connect = std::chrono::seconds(2);
    Duration first_byte =
        std::chrono::seconds(30); ///< from the end of the request to the head of the response
    Duration idle = std::chrono::seconds(60); ///< between two pieces of a body, either way
};

struct Upstream {
    Position at;
    std::string name;
    std::vector<Target> targets; ///< at least one; taken round robin
    UpstreamTimeouts timeouts;
    std::size_t keepalive = 64; ///< idle connections kept to all targets, for each worker
    Duration keepalive_idle = std::chrono::seconds(55);
};

// ---------------------------------------------------------------- rules

/// One YAML scalar with its type: "5" is not 5, and true is not "true".
struct Scalar {
    Position at;
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string> value = nullptr;
    bool from_variable = false; ///< it may be a secret: never shown
};

enum class Operator {
    equals,
    not_equals,
    one_of,
    none_of,
    contains,
    contains_any,
    contains_all,
    prefix,
    suffix,
    matches,
    at_least,
    at_most,
    exists
};

struct Condition {
    Position at;
    Operator op = Operator::equals;
    std::vector<Scalar> operands; ///< one; several only for the operators that take a list
};

/// `SUBJECT: matcher`. All conditions must hold. The subject is a claim path, header.NAME or
/// query.NAME, or subject, san or fingerprint of a certificate.
struct Match {
    Position at;
    std::string subject;
    std::vector<Condition> conditions;
};

enum class EntryKind {
    scopes,
    any_scope,
    roles,
    groups,
    claims,
    issuer,
    client,
    acr,
    max_age,
    source,
    request,
    all,
    any,
    none,
    policy,
    certificate
};

struct Entry;

/// A mapping of entries that must all hold.
struct Rule {
    Position at;
    bool shadow = false; ///< evaluated, logged and counted, but decides nothing
    std::vector<Entry> entries;
};

struct Entry {
    Position at;
    EntryKind kind = EntryKind::scopes;
    std::vector<std::string> names; ///< scopes, any_scope, roles, groups, acr, source (CIDR); one
                                    ///< for issuer, client, policy
    std::vector<Match> matches;     ///< claims, request, certificate
    std::vector<Rule> rules;        ///< all, any, none
    Duration duration{};            ///< max_age
};

struct Policy {
    Position at;
    std::string name;
    Rule rule;
};

// ---------------------------------------------------------------- routes

enum class Access { everyone, optional, authenticated, rule }; ///< everyone is `access: public`

enum class AuthorizationHeader { strip, keep };

struct ForwardHeader {
    Position at;
    std::string name;
    std::string value; ///< a template
};

struct Forward {
    std::vector<ForwardHeader> headers;
    AuthorizationHeader authorization = AuthorizationHeader::strip;
    bool preserve_host = true; ///< false: the target's own host and port become Host
};

struct Cors {
    Position at;
    std::vector<std::string> origins; ///< exact origins, or the single "*"
    std::vector<std::string> methods; ///< empty: the route's own
    std::vector<std::string>
        headers; ///< allowed request headers; "authorization" is always among them
    std::vector<std::string> expose;
    bool credentials = false; ///< an error together with "*"
    Duration max_age = std::chrono::minutes(10);
};

struct Route {
    Position at;
    std::string name; ///< as written, or the path; unique
    std::string path; ///< the pattern of config-language.md
    std::vector<std::string>
        hosts; ///< lower case; empty: every host; `*.example.com` is one label or more
    std::vector<std::string> methods; ///< empty: every method; GET brings HEAD along
    std::string upstream;
    Access access = Access::rule;
    Rule rule;           ///< only with Access::rule
    bool shadow = false; ///< token and rule are judged, logged and counted, but decide nothing
    std::vector<std::string> issuers; ///< names of accepted issuers; empty: all
    Forward forward;
    std::optional<Cors> cors;
    std::optional<std::size_t> body_limit;    ///< bytes; else limits.body
    std::optional<UpstreamTimeouts> timeouts; ///< else the upstream's
};

// ---------------------------------------------------------------- the rest

struct Limits {
    std::size_t head = 16 * 1024;                 ///< bytes of a request head; 1 KiB to 60 KiB
    std::size_t fields = 100;                     ///< header fields of a request; at most 120
    std::size_t body = 10 * 1024 * 1024;          ///< bytes of a request body
    std::size_t connections = 20000;              ///< client connections of the whole gateway
    std::size_t requests_per_connection = 100000; ///< then `Connection: close`
    std::size_t token = 8 * 1024;                 ///< bytes of a token; at most 32 KiB
    std::size_t proofs = 20000;                   ///< entries of the proof cache, for each worker
    std::size_t proof_bytes = 64 * 1024 * 1024;   ///< memory of the proof cache, for each worker
    Duration head_timeout = std::chrono::seconds(
        10); ///< from the first byte of a head to its end, and for a TLS handshake
    Duration body_timeout = std::chrono::seconds(30); ///< between two pieces of a request body
    Duration idle_timeout =
        std::chrono::seconds(60); ///< of a kept-alive connection between requests
    Duration send_timeout = std::chrono::seconds(30); ///< a client that takes nothing of its answer
    Duration key_wait = std::chrono::seconds(3); ///< how long a request may wait for an unknown key
};

struct Admin {
    Position at;
    std::string bind = "127.0.0.1:9901";
    std::string address = "127.0.0.1";
    std::uint16_t port = 9901;
    bool enabled = true; ///< false after `admin: off`
    /// Path of the unix socket; empty after `socket: off` and `admin: off`.
    std::string socket = "claimgate.sock";
    Position socket_at; ///< line 0: the default, without which the gateway starts all the same
    Secret token;       ///< empty: only the socket opens what changes something
};

enum class LogFormat { json, text, none };

struct AccessLog {
    LogFormat format = LogFormat::json;
    std::string path;                ///< empty: standard output
    std::vector<std::string> claims; ///< claim paths to record; the subject always is
};

struct DecisionLog {
    static constexpr std::uint32_t everything = 1'000'000;
    Position at;
    std::string path;
    std::uint32_t sample = everything; ///< of a million decisions, how many are recorded
    /// Recorded as they are, whether a rule looks at them or not.
    std::vector<std::string> claims, headers, queries;
};

struct Drain {
    Duration delay =
        std::chrono::seconds(0); ///< keep accepting after SIGTERM, with readyz already 503
    Duration timeout = std::chrono::seconds(25); ///< then what is still open is cut
};

struct Model {
    std::string file; ///< path of the configuration file
    std::vector<Listener> listeners;
    std::vector<Issuer> issuers;
    std::vector<Upstream> upstreams;
    std::vector<Policy> policies;
    std::vector<Route> routes;
    Limits limits;
    std::vector<std::string> trusted_proxies; ///< CIDR
    Admin admin;
    AccessLog access_log;
    std::optional<DecisionLog> decision_log;
    std::string shadow; ///< path of a candidate configuration to evaluate beside this one; or empty
    Position shadow_at;
    Drain drain;
    std::optional<std::size_t> workers; ///< else one per core
    std::string key_cache; ///< directory for the last good key sets; empty: none are kept on disk
};

} // namespace config
