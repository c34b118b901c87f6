#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <array>

namespace config::decode {
namespace {

/// An origin as a browser writes it (RFC 6454 6.2), since it is compared byte by byte.
std::string why_no_origin(const std::string& text) {
    std::string why;
    const std::optional<Url> url = parse_url(text, why);
    if (!url) return why;
    if (!url->path.empty() || url->has_query) return "it ends after the host and the port";
    if (lower_case(text) != text) return "browsers send it in lower case";
    const bool is_default =
        (url->scheme == "https" && url->port == 443) || (url->scheme == "http" && url->port == 80);
    if (url->has_port && is_default)
        return "browsers leave out the port that the scheme has anyway";
    return {};
}

void read_origins(Decoder& decoder, const Member& member, Cors& out) {
    std::optional<std::vector<std::string>> origins = decoder.texts(member.value);
    if (!origins) return;
    for (const Node& item : member.value.items) {
        if (item.text == "*") {
            if (member.value.items.size() > 1)
                decoder.error(item.at, "`*` stands alone", "keep `*` or the origins");
            else
                decoder.warning(item.at, "wildcard_cors",
                                "pages of every origin may read the answers",
                                "name the origins of your own pages");
            continue;
        }
        if (const std::string why = why_no_origin(item.text); !why.empty())
            decoder.error(item.at, Decoder::shown(item) + " is no origin: " + why,
                          "write https://app.example.com");
    }
    out.origins = std::move(*origins);
}

void read_cors_methods(Decoder& decoder, const Member& member, Cors& out) {
    if (auto methods = read_methods(decoder, member.value)) out.methods = std::move(*methods);
}

template <auto field> void read_tokens(Decoder& decoder, const Member& member, Cors& out) {
    std::optional<std::vector<std::string>> names = decoder.texts(member.value);
    if (!names) return;
    for (const Node& item : member.value.items) {
        if (item.text == "*")
            decoder.error(item.at, "`*` cannot stand here", "name each one");
        else if (!is_token(item.text))
            decoder.mismatch(item, "a name of letters, digits and `-`");
    }
    out.*field = std::move(*names);
}

constexpr Shape origin = shape::form(R"(^(\*|[Hh][Tt][Tt][Pp][Ss]?://.+)$)");
template <auto field> constexpr Field<Cors> as_tokens{read_tokens<field>, shape::tokens};

constexpr std::array keys = {
    Key<Cors>{"origins",
              Need::required,
              {read_origins, shape::texts_of(origin)},
              "Whose pages may read the answers: https://shop.example.com"},
    Key<Cors>{"methods",
              Need::optional,
              {read_cors_methods, shape::tokens},
              "What those pages may send; without it, the methods of the route"},
    Key<Cors>{"headers", Need::optional, as_tokens<&Cors::headers>,
              "Request headers that those pages may set; authorization always is among them"},
    Key<Cors>{"expose", Need::optional, as_tokens<&Cors::expose>,
              "Response headers that those pages may read"},
    Key<Cors>{"credentials", Need::optional, as_boolean<&Cors::credentials>,
              "Whether cookies and TLS client certificates may come along"},
    Key<Cors>{"max_age", Need::optional, as_duration<&Cors::max_age, 0, one_day>,
              "How long a browser keeps the answer to a preflight"},
};

} // namespace

Table cors_table() { return table_of<keys>("cors"); }

void read_cors(Decoder& decoder, const Member& member, Cors& out) {
    out.at = member.at;
    decoder.mapping<Cors>(member.value, keys, {member.at, "`cors`"}, out);
    if (!out.credentials || out.origins.empty() || out.origins.front() != "*") return;
    for (const Member& entry : member.value.members)
        if (entry.key == "credentials")
            decoder.error(entry.at, "`credentials` and the origin `*` exclude each other",
                          "name the origins", "wildcard_cors_credentials");
}

} // namespace config::decode
