#include "config/decode/fields.hpp"
#include "config/decode/forms.hpp"
#include "config/suite/areas.hpp"
#include "config/text.hpp"

#include <array>

namespace config::suite {
namespace {

/// A method and what is asked for, in one line as HTTP writes it.
void read_line(Decoder& decoder, const Node& node, Request& out) {
    const std::optional<std::string> text = decoder.text(node, "a request like `GET /orders`");
    if (!text) return;
    const std::size_t space = text->find(' ');
    const std::string method = text->substr(0, space);
    if (space == std::string::npos || !is_token(method) || space + 1 == text->size())
        return decoder.mismatch(node, "a request like `GET /orders`",
                                text->starts_with('/') ? "write " + in_backticks("GET " + *text)
                                                       : "");
    out.method = method;
    out.path = text->substr(space + 1);
}

void read_method(Decoder& decoder, const Member& member, Request& out) {
    const std::optional<std::string> text = decoder.text(member.value, "a method");
    if (!text) return;
    if (!is_token(*text)) return decoder.mismatch(member.value, "a method");
    out.method = *text;
}

void read_headers(Decoder& decoder, const Member& member, Request& out) {
    if (!decoder.is_mapping(member.value, "`headers`")) return;
    for (const Member& header : member.value.members) {
        if (!is_token(header.key)) {
            decoder.error(header.at, in_backticks(header.key) + " is no header name");
            continue;
        }
        const bool several = header.value.kind == NodeKind::sequence;
        const std::vector<Node> one = several ? std::vector<Node>() : std::vector{header.value};
        for (const Node& value : several ? header.value.items : one) {
            const bool is_empty = value.kind == NodeKind::scalar && value.text.empty();
            const std::optional<std::string> text =
                is_empty ? std::optional<std::string>("") : decoder.text(value);
            if (text) out.headers.push_back({header.at, header.key, *text});
        }
    }
}

constexpr Shape several = decode::shape::list_of(decode::shape::scalar);
constexpr Shape header_values = decode::shape::either(decode::shape::scalar, several);

constexpr std::array keys = {
    Key<Request>{"method",
                 Need::optional,
                 {read_method, decode::shape::token},
                 "Its method; without it, GET"},
    Key<Request>{"path", Need::optional, decode::as_text<&Request::path>,
                 "What is asked for, with its query"},
    Key<Request>{"host", Need::optional, decode::as_text<&Request::host>,
                 "Its Host; without it, localhost"},
    Key<Request>{"client", Need::optional, decode::as_text<&Request::client>,
                 "The address that it comes from; without it, 127.0.0.1"},
    Key<Request>{"headers",
                 Need::optional,
                 {read_headers, decode::shape::map_of(header_values, decode::token_pattern)},
                 "Header fields; a list sends one field for each value"},
    Key<Request>{"tls", Need::optional, decode::as_boolean<&Request::tls>,
                 "Whether it comes over TLS; without it, if a listener speaks it"},
};

} // namespace

Table request_table() { return decode::table_of<keys>("request"); }

void read_request(Decoder& decoder, const Node& node, Request& out) {
    out.at = node.at;
    if (node.kind == NodeKind::mapping)
        decoder.mapping<Request>(node, keys, {node.at, "a request"}, out);
    else
        read_line(decoder, node, out);
}

} // namespace config::suite
