#include "policy/token/inspect.hpp"

#include "policy/jose/base64url.hpp"

#include <optional>
#include <utility>

namespace policy::token {

namespace {

constexpr std::size_t longest_token = 32 * 1024;

std::optional<JsonDocument> parse_object(std::string_view json) {
    auto document = parse_json(json, {.bytes = longest_token});
    if (!document || !document->root().is(JsonType::object)) return std::nullopt;
    return *std::move(document);
}

} // namespace

Result<Unverified, Reason> parse_unverified(std::string_view token) {
    if (token.size() > longest_token) return Reason::token_too_large;
    // Not split_jws(): a token without a signature is worth a look here.
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return Reason::token_malformed;
    auto header = jose::decode_base64url(token.substr(0, first));
    auto claims = jose::decode_base64url(token.substr(first + 1, second - first - 1));
    const auto signature = jose::decode_base64url(token.substr(second + 1));
    if (!header || !claims || !signature) return Reason::token_malformed;
    auto header_object = parse_object(*header), claims_object = parse_object(*claims);
    if (!header_object || !claims_object) return Reason::token_malformed;
    return Unverified{*std::move(header), *std::move(claims), *std::move(header_object),
                      *std::move(claims_object), signature->size()};
}

} // namespace policy::token
