#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace config::decode {
namespace {

constexpr std::size_t max_value_bytes = 4096;

struct Reserved {
    std::string_view name; ///< in lower case
    std::string_view why;
};

// RFC 9110 7.6.1, RFC 9112 6, and what the gateway itself writes or reads. A header that a route
// may emit is taken from every request that comes in, so these would also be lost to the routes
// that need them.
constexpr std::array reserved = {
    Reserved{"connection", "it concerns one connection only"},
    Reserved{"keep-alive", "it concerns one connection only"},
    Reserved{"proxy-connection", "it concerns one connection only"},
    Reserved{"proxy-authenticate", "it concerns one connection only"},
    Reserved{"proxy-authorization", "it concerns one connection only"},
    Reserved{"te", "it concerns one connection only"},
    Reserved{"trailer", "it concerns one connection only"},
    Reserved{"upgrade", "it concerns one connection only"},
    Reserved{"transfer-encoding", "it says where a message ends"},
    Reserved{"content-length", "it says where a message ends"},
    Reserved{"expect", "the gateway answers it"},
    Reserved{"host", "`forward: { host: target }` decides about it"},
    Reserved{"authorization", "`forward: { authorization: keep }` decides about it"},
    Reserved{"cookie", "it would be taken from every request"},
    Reserved{"content-type", "it would be taken from every request"},
    Reserved{"origin", "it would be taken from every request"},
    Reserved{"forwarded", "the gateway writes it"},
    Reserved{"via", "the gateway writes it"},
    Reserved{"x-forwarded-for", "the gateway writes it"},
    Reserved{"x-forwarded-host", "the gateway writes it"},
    Reserved{"x-forwarded-port", "the gateway writes it"},
    Reserved{"x-forwarded-proto", "the gateway writes it"},
};

/// Servers that make environment variables of headers cannot tell `X_User` from `x-user`, so
/// neither do we.
std::string folded(std::string_view name) {
    std::string out = lower_case(name);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

bool is_good_header(Decoder& decoder, const Member& member) {
    if (!is_token(member.key)) {
        decoder.error(member.at, in_backticks(member.key) + " is no header name",
                      "use letters, digits and `-`");
        return false;
    }
    const std::string name = folded(member.key);
    const auto found = std::find_if(reserved.begin(), reserved.end(),
                                    [&](const Reserved& r) { return r.name == name; });
    if (found == reserved.end()) return true;
    decoder.error(member.at, "the header " + in_backticks(member.key) +
                                 " cannot be set: " + std::string(found->why));
    return false;
}

void read_headers(Decoder& decoder, const Member& member, Forward& out) {
    if (!decoder.is_mapping(member.value, "`headers`")) return;
    std::unordered_map<std::string, int> lines;
    for (const Member& header : member.value.members) {
        const bool is_good = is_good_header(decoder, header);
        const auto [earlier, is_new] = lines.emplace(folded(header.key), header.at.line);
        if (!is_new)
            decoder.error(header.at, "the header " + in_backticks(header.key) + " is set twice",
                          "upper and lower case, `-` and `_` are the same here; see line " +
                              std::to_string(earlier->second));
        std::optional<std::string> value = decoder.text(header.value, "a text or a template");
        if (value && value->size() > max_value_bytes)
            decoder.error(header.value.at,
                          "this text is longer than " + std::to_string(max_value_bytes) + " bytes");
        if (value && is_good)
            out.headers.push_back(
                {.at = header.at, .name = header.key, .value = std::move(*value)});
    }
}

constexpr std::array<std::string_view, 2> authorizations = {"strip", "keep"};

void read_authorization(Decoder& decoder, const Member& member, Forward& out) {
    if (const auto found = decoder.choice(member.value, authorizations))
        out.authorization = *found == 0 ? AuthorizationHeader::strip : AuthorizationHeader::keep;
}

constexpr std::array<std::string_view, 2> hosts = {"preserve", "target"};

void read_host(Decoder& decoder, const Member& member, Forward& out) {
    if (const auto found = decoder.choice(member.value, hosts)) out.preserve_host = *found == 0;
}

constexpr std::array keys = {
    Key<Forward>{"headers",
                 Need::optional,
                 {read_headers, shape::map_of(shape::text, token_pattern)},
                 "Headers for the upstream; a value may hold templates such as {claim.sub}"},
    Key<Forward>{"authorization",
                 Need::optional,
                 {read_authorization, shape::word(authorizations)},
                 "Whether the upstream sees the token"},
    Key<Forward>{"host",
                 Need::optional,
                 {read_host, shape::word(hosts)},
                 "Whose Host the upstream sees: the client's, or its own"},
};

} // namespace

Table forward_table() { return table_of<keys>("forward"); }

void read_forward(Decoder& decoder, const Member& member, Forward& out) {
    decoder.mapping<Forward>(member.value, keys, {member.at, "`forward`"}, out);
}

} // namespace config::decode
