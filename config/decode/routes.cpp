#include "config/address.hpp"
#include "config/complete.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

void read_route_path(Decoder& decoder, const Member& member, Route& out) {
    std::optional<std::string> text = decoder.text(member.value, "a path");
    if (!text) return;
    if (!text->starts_with('/'))
        return decoder.mismatch(member.value, "a path that begins with `/`",
                                member.value.replaced ? "" : "write " + in_backticks("/" + *text));
    out.path = std::move(*text);
}

bool add_host(Decoder& decoder, const Node& node, Route& out) {
    const std::optional<std::string> text = decoder.text(node, "a host name");
    if (!text) return false;
    const std::string host = lower_case(*text);
    const std::string_view name = std::string_view(host).substr(host.starts_with("*.") ? 2 : 0);
    const bool is_literal_v6 =
        host.starts_with('[') && host.ends_with(']') && parse_host_port(host);
    if (!is_host_name(name) && !is_literal_v6) {
        decoder.mismatch(node, "a host name",
                         "write api.example.com or *.example.com, without scheme and port");
        return false;
    }
    out.hosts.push_back(host);
    return true;
}

void read_host(Decoder& decoder, const Member& member, Route& out) {
    add_host(decoder, member.value, out);
}

void read_hosts(Decoder& decoder, const Member& member, Route& out) {
    if (!decoder.texts(member.value)) return;
    for (const Node& item : member.value.items) add_host(decoder, item, out);
}

void read_route_methods(Decoder& decoder, const Member& member, Route& out) {
    if (auto methods = read_methods(decoder, member.value)) out.methods = std::move(*methods);
}

void read_upstream(Decoder& decoder, const Member& member, Route& out) {
    if (auto text = decoder.text(member.value)) out.upstream = std::move(*text);
    if (!out.upstream.empty()) decoder.refer(Reference::Kind::upstream, member.value, out.upstream);
}

void read_access(Decoder& decoder, const Member& member, Route& out) {
    constexpr std::array<std::string_view, 3> words = {"public", "optional", "authenticated"};
    const Node& node = member.value;
    if (node.kind == NodeKind::mapping) return read_rule(decoder, node, out.rule);
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (node.kind != NodeKind::scalar || found == words.end())
        return decoder.mismatch(node, one_of(words) + ", or a rule",
                                node.replaced ? std::string() : did_you_mean(node.text, words));
    out.access = static_cast<Access>(found - words.begin());
}

void read_route_issuers(Decoder& decoder, const Member& member, Route& out) {
    std::optional<std::vector<std::string>> names = decoder.texts(member.value);
    if (!names) return;
    for (const Node& item : member.value.items)
        decoder.refer(Reference::Kind::issuer, item, item.text);
    out.issuers = std::move(*names);
}

void read_route_forward(Decoder& decoder, const Member& member, Route& out) {
    read_forward(decoder, member, out.forward);
}

void read_route_cors(Decoder& decoder, const Member& member, Route& out) {
    read_cors(decoder, member, out.cors.emplace());
}

void read_route_timeouts(Decoder& decoder, const Member& member, Route& out) {
    out.timeouts = UpstreamTimeouts{unset_duration, unset_duration, unset_duration};
    read_timeouts(decoder, member, *out.timeouts);
}

constexpr std::array keys = {
    Key<Route>{"name", Need::optional, read_text<&Route::name>},
    Key<Route>{"path", Need::required, read_route_path},
    Key<Route>{"host", Need::optional, read_host},
    Key<Route>{"hosts", Need::optional, read_hosts},
    Key<Route>{"methods", Need::optional, read_route_methods},
    Key<Route>{"upstream", Need::required, read_upstream},
    Key<Route>{"access", Need::required, read_access},
    Key<Route>{"issuers", Need::optional, read_route_issuers},
    Key<Route>{"forward", Need::optional, read_route_forward},
    Key<Route>{"cors", Need::optional, read_route_cors},
    Key<Route>{"body", Need::optional, read_size<&Route::body_limit, 0, std::size_t{1} << 40>},
    Key<Route>{"timeouts", Need::optional, read_route_timeouts},
    Key<Route>{"rate_limit", Need::later},
    Key<Route>{"retries", Need::later},
};

const Member* find_member(const Node& node, std::string_view key) {
    for (const Member& member : node.members)
        if (member.key == key) return &member;
    return nullptr;
}

void check_route(Decoder& decoder, const Node& node, const Route& route) {
    const Member* hosts = find_member(node, "hosts");
    if (hosts && find_member(node, "host"))
        decoder.error(hosts->at, "`host` and `hosts` exclude each other", "keep one of them");
    const Member* issuers = find_member(node, "issuers");
    if (issuers && route.access == Access::everyone)
        decoder.error(issuers->at, "a public route looks for no token, so it has no issuers",
                      "remove the key");
}

} // namespace

void read_routes(Decoder& decoder, const Member& member, Model& out) {
    if (!decoder.is_list(member.value, "routes")) return;
    out.routes.reserve(member.value.items.size());
    for (const Node& item : member.value.items) {
        Route& route = out.routes.emplace_back();
        route.at = item.at;
        if (decoder.mapping<Route>(item, keys, {item.at, "a route"}, route))
            check_route(decoder, item, route);
    }
}

} // namespace config::decode
