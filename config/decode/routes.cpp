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

constexpr std::array<std::string_view, 3> accesses = {"public", "optional", "authenticated"};

void read_access(Decoder& decoder, const Member& member, Route& out) {
    const Node& node = member.value;
    if (node.kind == NodeKind::mapping) return read_rule(decoder, node, out.rule);
    const auto found = std::find(accesses.begin(), accesses.end(), node.text);
    if (node.kind != NodeKind::scalar || found == accesses.end())
        return decoder.mismatch(node, one_of(accesses) + ", or a rule",
                                node.replaced ? std::string() : did_you_mean(node.text, accesses));
    out.access = static_cast<Access>(found - accesses.begin());
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

constexpr std::array<std::string_view, 1> modes = {"shadow"};

void read_route_mode(Decoder& decoder, const Member& member, Route& out) {
    if (decoder.choice(member.value, modes)) out.shadow = true;
}

constexpr Shape host = shape::text_like(R"(^(\[[0-9A-Fa-f:.]+\]|(\*\.)?[A-Za-z0-9_.-]+)$)");
constexpr Shape access_word = shape::word(accesses);
constexpr Shape rule = shape::mapping(rule_table);

constexpr std::array keys = {
    Key<Route>{"name", Need::optional, as_text<&Route::name>,
               "Stands in the log and the metrics; without it, the path does"},
    Key<Route>{"path",
               Need::required,
               {read_route_path, shape::form("^/")},
               "{name} is one segment, {name:int} and {name:uuid} are typed, /** is the rest"},
    Key<Route>{"host",
               Need::optional,
               {read_host, host},
               "The host that it is for; *.example.com is one label or more"},
    Key<Route>{"hosts",
               Need::optional,
               {read_hosts, shape::texts_of(host)},
               "The hosts that it is for; without it, every host"},
    Key<Route>{"methods",
               Need::optional,
               {read_route_methods, shape::tokens},
               "Without it, every method; GET brings HEAD along"},
    Key<Route>{"upstream",
               Need::required,
               {read_upstream, shape::text},
               "Name of the upstream that answers"},
    Key<Route>{"access",
               Need::required,
               {read_access, shape::either(access_word, rule)},
               "Who may: public, optional, authenticated, or a rule that must hold"},
    Key<Route>{"mode",
               Need::optional,
               {read_route_mode, shape::word(modes)},
               "shadow: token and rule are judged and recorded, and everything goes through"},
    Key<Route>{"issuers",
               Need::optional,
               {read_route_issuers, shape::texts},
               "Names of the issuers whose tokens count here; without it, all"},
    Key<Route>{"forward",
               Need::optional,
               {read_route_forward, shape::mapping(forward_table)},
               "What the upstream is told"},
    Key<Route>{"cors",
               Need::optional,
               {read_route_cors, shape::mapping(cors_table)},
               "Answers preflights, and marks the responses for browsers"},
    Key<Route>{"body", Need::optional, as_size<&Route::body_limit, 0, std::size_t{1} << 40>,
               "The largest request body; without it, that of `limits`"},
    Key<Route>{"timeouts",
               Need::optional,
               {read_route_timeouts, shape::mapping(timeouts_table)},
               "Where this route is slower or quicker than its upstream"},
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
    const Member* mode = find_member(node, "mode");
    if (mode && route.access == Access::everyone)
        decoder.error(mode->at, "a public route decides nothing that could be in shadow mode",
                      "remove the key");
    else if (mode && route.shadow)
        decoder.warning(mode->at, "shadow_route",
                        "this route lets everything through: its `access` decides nothing",
                        "remove `mode: shadow` when the log shows no `shadow_reason` any more");
}

} // namespace

Table route_table() { return table_of<keys>("route"); }

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
