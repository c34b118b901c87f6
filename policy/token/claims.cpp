#include "policy/token/claims.hpp"

#include <cmath>
#include <utility>

namespace policy::token {

namespace {

std::optional<std::string_view> string_claim(JsonValue claims, std::string_view name) {
    const auto claim = claims.find(name);
    if (!claim || !claim->is(JsonType::string)) return std::nullopt;
    return claim->text();
}

std::optional<std::string_view> client_claim(JsonValue claims) {
    for (const std::string_view name : {"azp", "client_id", "cid", "appid"})
        if (const auto client = string_claim(claims, name)) return client;
    return std::nullopt;
}

enum class Round { down, up };

/// NumericDate (RFC 7519 2) to whole seconds; nothing for what is no time. Beyond 2^53 a double,
/// and so the issuer's own arithmetic, no longer tells one second from the next.
std::optional<std::int64_t> to_seconds(JsonValue value, Round round) {
    constexpr std::int64_t largest = std::int64_t{1} << 53;
    if (!value.is(JsonType::number)) return std::nullopt;
    const JsonNumber& number = value.number();
    if (number.is_integer) {
        if (number.integer < 0 || number.integer > largest) return std::nullopt;
        return number.integer;
    }
    const double seconds = round == Round::down ? std::floor(number.real) : std::ceil(number.real);
    if (seconds < 0 || seconds > static_cast<double>(largest)) return std::nullopt;
    return static_cast<std::int64_t>(seconds);
}

void read_time(Claims& claims, std::string_view name, Round round,
               std::optional<std::int64_t>& out) {
    const auto claim = claims.document.root().find(name);
    if (!claim) return;
    out = to_seconds(*claim, round);
    if (!out) claims.defect = Reason::claim_missing;
}

} // namespace

Result<Claims, Reason> parse_claims(std::string_view json, const JsonLimits& limits) {
    auto document = parse_json(json, limits);
    if (!document || !document->root().is(JsonType::object)) return Reason::token_malformed;
    Claims claims;
    claims.document = *std::move(document);
    const JsonValue root = claims.document.root();
    claims.issuer = string_claim(root, "iss").value_or(std::string_view{});
    claims.subject = string_claim(root, "sub");
    claims.id = string_claim(root, "jti");
    claims.client = client_claim(root);
    // Each to the side on which the token is good for less time.
    read_time(claims, "exp", Round::down, claims.expires);
    read_time(claims, "nbf", Round::up, claims.not_before);
    read_time(claims, "iat", Round::down, claims.issued_at);
    read_time(claims, "auth_time", Round::down, claims.authenticated);
    return claims;
}

} // namespace policy::token
