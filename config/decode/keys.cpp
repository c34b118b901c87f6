#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/files.hpp"
#include "config/text.hpp"

#include <array>

namespace config::decode {
namespace {

constexpr std::size_t max_key_file_bytes = std::size_t{1} << 20;
constexpr std::string_view sources = "`discover`, `jwks`, `file`, `pem` or `secret`";

/// A key source while it is read: there must be exactly one, and some keys go with some sources
/// only.
struct Draft {
    KeySource& source;
    int count = 0;
    std::optional<Position> remote_only; ///< where `ca` or `allow_http` stands
    std::optional<Position> url_at;
};

void choose(Draft& out, KeySourceKind kind) {
    out.source.kind = kind;
    ++out.count;
}

void read_discover(Decoder& decoder, const Member& member, Draft& out) {
    choose(out, KeySourceKind::discover);
    std::string why;
    if (member.value.kind == NodeKind::scalar && parse_url(member.value.text, why)) {
        out.source.url = member.value.text;
        out.url_at = member.value.at;
        return;
    }
    if (decoder.boolean(member.value) == false)
        decoder.error(member.value.at, "`discover: false` leaves no source of keys",
                      "name another source instead");
}

void read_jwks(Decoder& decoder, const Member& member, Draft& out) {
    choose(out, KeySourceKind::jwks);
    const std::optional<std::string> text = decoder.text(member.value, "a URL");
    if (!text) return;
    std::string why;
    if (!parse_url(*text, why)) return decoder.error(member.value.at, "this is no URL: " + why);
    out.source.url = *text;
    out.url_at = member.value.at;
}

void read_key_file(Decoder& decoder, const Member& member, KeySource& out) {
    const std::optional<std::string> path = decoder.path(member.value);
    if (!path) return;
    out.path = *path;
    FileText file = read_file(*path, max_key_file_bytes);
    if (file.text)
        out.text = std::move(*file.text);
    else
        decoder.error(member.value.at, "the file " + Decoder::shown(member.value) +
                                           " cannot be read: " + file.error);
}

template <KeySourceKind kind>
void read_file_source(Decoder& decoder, const Member& member, Draft& out) {
    choose(out, kind);
    read_key_file(decoder, member, out.source);
}

void read_secret(Decoder& decoder, const Member& member, Draft& out) {
    choose(out, KeySourceKind::secret);
    out.source.at = member.at;
    if (auto secret = decoder.secret(member)) out.source.secret = std::move(*secret);
}

void read_ca(Decoder& decoder, const Member& member, Draft& out) {
    out.remote_only = member.at;
    read_readable_file<&KeySource::ca_file>(decoder, member, out.source);
}

void read_allow_http(Decoder& decoder, const Member& member, Draft& out) {
    out.remote_only = member.at;
    read_boolean<&KeySource::allow_http>(decoder, member, out.source);
}

constexpr Shape discover = shape::either(shape::boolean, shape::url);

constexpr std::array keys = {
    Key<Draft>{"discover",
               Need::optional,
               {read_discover, discover},
               "By OpenID discovery: true, or the URL to ask where it is not the issuer"},
    Key<Draft>{"jwks", Need::optional, {read_jwks, shape::url}, "The URL of the key set itself"},
    Key<Draft>{"file",
               Need::optional,
               {read_file_source<KeySourceKind::file>, shape::text},
               "A file that holds a JWK set"},
    Key<Draft>{"pem",
               Need::optional,
               {read_file_source<KeySourceKind::pem>, shape::text},
               "A file of public keys or certificates in PEM"},
    Key<Draft>{"secret",
               Need::optional,
               {read_secret, shape::text},
               "For HS256, HS384 and HS512: ${NAME} or ${file:PATH}, never the secret itself"},
    Key<Draft>{"ca",
               Need::optional,
               {read_ca, shape::text},
               "PEM bundle to verify the provider with; without it, the system's"},
    Key<Draft>{"allow_http",
               Need::optional,
               {read_allow_http, shape::boolean},
               "Cleartext and private addresses, for tests and sidecars"},
};

void check(Decoder& decoder, const Draft& draft, Position at) {
    if (draft.count == 0)
        decoder.error(at, "`keys` names no source", "name one: " + std::string(sources));
    if (draft.count > 1)
        decoder.error(at, "`keys` names more than one source",
                      "keep one of " + std::string(sources));
    if (draft.count != 1) return;
    const bool is_remote =
        draft.source.kind == KeySourceKind::discover || draft.source.kind == KeySourceKind::jwks;
    if (draft.remote_only && !is_remote)
        decoder.error(*draft.remote_only,
                      "`ca` and `allow_http` go with `discover` and `jwks` only", "remove it");
    const bool is_cleartext =
        draft.url_at && lower_case(draft.source.url.substr(0, 7)) == "http://";
    if (is_cleartext && !draft.source.allow_http)
        decoder.error(*draft.url_at, "keys are not fetched over http://",
                      "use https://, or for tests `allow_http: true`");
}

} // namespace

Table key_source_table() { return table_of<keys>("key_source", 1); }

void read_keys(Decoder& decoder, const Member& member, KeySource& out) {
    out.at = member.at;
    const Node& node = member.value;
    if (node.kind == NodeKind::scalar && node.text == "discover") return;
    if (node.kind != NodeKind::mapping)
        return decoder.mismatch(node, "`discover` or a mapping",
                                "name one source: " + std::string(sources));
    Draft draft{.source = out};
    decoder.mapping<Draft>(node, keys, {member.at, "`keys`"}, draft);
    check(decoder, draft, member.at);
}

} // namespace config::decode
