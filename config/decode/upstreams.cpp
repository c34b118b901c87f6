#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <array>

namespace config::decode {
namespace {

constexpr std::array timeouts_keys = {
    Key<UpstreamTimeouts>{"connect", Need::optional,
                          as_duration<&UpstreamTimeouts::connect, 1, 5 * one_minute>,
                          "To open a connection"},
    Key<UpstreamTimeouts>{"first_byte", Need::optional,
                          as_duration<&UpstreamTimeouts::first_byte, 1, one_day>,
                          "From the end of the request to the head of the response"},
    Key<UpstreamTimeouts>{"idle", Need::optional, as_duration<&UpstreamTimeouts::idle, 1, one_day>,
                          "Between two pieces of a body, either way"},
};

void read_target(Decoder& decoder, const Node& node, std::vector<Target>& out) {
    const std::optional<std::string> text =
        decoder.text(node, "a URL such as http://10.0.0.5:8080");
    if (!text) return;
    std::string why;
    const std::optional<Url> url = parse_url(*text, why);
    if (!url)
        return decoder.error(node.at, "this target is no URL: " + why, "write http://HOST:PORT");
    if (url->scheme == "https")
        return decoder.not_in_this_version(node.at, "https://", "write an http:// target");
    if ((!url->path.empty() && url->path != "/") || url->has_query)
        return decoder.error(node.at, "a target has no path",
                             "the path of the request goes upstream as it is");
    out.push_back({.at = node.at, .text = *text, .host = url->host, .port = url->port});
}

void read_targets(Decoder& decoder, const Member& member, Upstream& out) {
    if (!decoder.is_list(member.value, "URLs")) return;
    for (const Node& item : member.value.items) read_target(decoder, item, out.targets);
}

constexpr std::array<std::string_view, 1> balances = {"round_robin"};

void read_balance(Decoder& decoder, const Member& member, Upstream&) {
    const Node& node = member.value;
    if (node.kind == NodeKind::scalar && node.text == balances[0]) return;
    constexpr std::string_view hint = "write round_robin, or remove the key";
    const bool is_hash =
        node.kind == NodeKind::mapping && node.members.size() == 1 && node.members[0].key == "hash";
    if (is_hash) return decoder.not_in_this_version(node.at, "hash", std::string(hint));
    if (node.kind == NodeKind::scalar && node.text == "least_request")
        return decoder.not_in_this_version(node.at, node.text, std::string(hint));
    decoder.mismatch(node, one_of(balances));
}

void read_upstream_timeouts(Decoder& decoder, const Member& member, Upstream& out) {
    read_timeouts(decoder, member, out.timeouts);
}

constexpr std::array upstream_keys = {
    Key<Upstream>{"targets",
                  Need::required,
                  {read_targets, shape::list_of(shape::url)},
                  "http://HOST:PORT, taken in turn"},
    Key<Upstream>{
        "balance", Need::optional, {read_balance, shape::word(balances)}, "How a target is chosen"},
    Key<Upstream>{"timeouts",
                  Need::optional,
                  {read_upstream_timeouts, shape::mapping(timeouts_table)},
                  "How long it may take"},
    Key<Upstream>{"keepalive", Need::optional, as_count<&Upstream::keepalive, 0, 10'000>,
                  "Idle connections kept, for each worker"},
    Key<Upstream>{"keepalive_idle", Need::optional,
                  as_duration<&Upstream::keepalive_idle, one_second, one_hour>,
                  "How long; keep it below the upstream's own"},
    Key<Upstream>{"health", Need::later},
    Key<Upstream>{"retries", Need::later},
    Key<Upstream>{"tls", Need::later},
};

} // namespace

Table timeouts_table() { return table_of<timeouts_keys>("timeouts"); }
Table upstream_table() { return table_of<upstream_keys>("upstream"); }

void read_timeouts(Decoder& decoder, const Member& member, UpstreamTimeouts& out) {
    decoder.mapping<UpstreamTimeouts>(member.value, timeouts_keys, {member.at, "`timeouts`"}, out);
}

void read_upstreams(Decoder& decoder, const Member& member, Model& out) {
    if (!decoder.is_mapping(member.value, "`upstreams`")) return;
    for (const Member& named : member.value.members) {
        is_good_name(decoder, named);
        Upstream& upstream = out.upstreams.emplace_back();
        upstream.at = named.at;
        upstream.name = named.key;
        const std::string what = "the upstream " + in_backticks(named.key);
        decoder.mapping<Upstream>(named.value, upstream_keys, {named.at, what}, upstream);
    }
}

} // namespace config::decode
