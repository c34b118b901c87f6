#include "policy/token/header.hpp"

#include "policy/message.hpp"

#include <algorithm>

namespace policy::token {

namespace {

constexpr std::size_t longest_key_id = 256;

/// RFC 7515 4.1.9: a media type, case-insensitive, whose "application/" may be left out.
std::string normal_type(std::string_view type) {
    std::string normal(type);
    std::transform(normal.begin(), normal.end(), normal.begin(), to_lower);
    constexpr std::string_view prefix = "application/";
    if (normal.starts_with(prefix) && normal.find('/', prefix.size()) == std::string::npos)
        normal.erase(0, prefix.size());
    return normal;
}

} // namespace

Result<Header, Reason> parse_header(std::string_view json, const JsonLimits& limits) {
    const auto document = parse_json(json, limits);
    if (!document || !document->root().is(JsonType::object)) return Reason::token_malformed;
    const JsonValue root = document->root();

    // RFC 7515 4.1.11: we implement no extension, so any list of critical ones holds one too many
    // (or is itself forbidden). RFC 7797: `b64` changes what was signed.
    if (root.find("crit") || root.find("b64")) return Reason::token_critical;
    // Members of encryption: nothing here is ever decrypted or inflated.
    if (root.find("enc") || root.find("zip")) return Reason::token_malformed;

    const auto algorithm = root.find("alg"), key_id = root.find("kid"), type = root.find("typ");
    if (!algorithm || !algorithm->is(JsonType::string)) return Reason::token_malformed;
    if (key_id && (!key_id->is(JsonType::string) || key_id->text().size() > longest_key_id))
        return Reason::token_malformed;
    if (type && !type->is(JsonType::string)) return Reason::token_malformed;

    const auto known = jose::parse_algorithm(algorithm->text());
    if (!known) return Reason::algorithm_not_allowed;
    Header header;
    header.algorithm = *known;
    if (key_id) header.key_id = key_id->text();
    if (type) header.type = normal_type(type->text());
    return header;
}

} // namespace policy::token
