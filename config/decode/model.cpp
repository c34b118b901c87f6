#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

constexpr std::int64_t max_workers = 1024;

void read_workers(Decoder& decoder, const Member& member, Model& out) {
    if (const auto value = decoder.integer(member.value, 1, max_workers))
        out.workers = static_cast<std::size_t>(*value);
}

void read_shadow(Decoder& decoder, const Member& member, Model& out) {
    out.shadow_at = member.value.at;
    read_readable_file<&Model::shadow>(decoder, member, out);
}

constexpr Shape listener = shape::mapping(listener_table);
constexpr Shape written_issuer = shape::mapping(issuer_table);
constexpr Shape preset_issuer = shape::mapping(preset_issuer_table);
constexpr Shape issuer = shape::either(written_issuer, preset_issuer);
constexpr Shape upstream = shape::mapping(upstream_table);
constexpr Shape rule = shape::mapping(rule_table);
constexpr Shape route = shape::mapping(route_table);
constexpr std::array<std::string_view, 1> off_word = {"off"};
constexpr Shape off = shape::word(off_word);
constexpr Shape admin = shape::mapping(admin_table);

constexpr std::array keys = {
    Key<Model>{"listeners",
               Need::required,
               {read_listeners, shape::list_of(listener)},
               "Where clients connect"},
    Key<Model>{"issuers",
               Need::optional,
               {read_issuers, shape::map_of(issuer, name_pattern)},
               "Whose tokens are believed, and with which keys"},
    Key<Model>{"upstreams",
               Need::optional,
               {read_upstreams, shape::map_of(upstream, name_pattern)},
               "Where requests go"},
    Key<Model>{"policies",
               Need::optional,
               {read_policies, shape::map_of(rule, name_pattern)},
               "Rules with a name, used by `policy`"},
    Key<Model>{"routes",
               Need::required,
               {read_routes, shape::list_of(route)},
               "What may be asked, and by whom; the most specific path wins, whatever the order"},
    Key<Model>{"limits",
               Need::optional,
               {read_limits, shape::mapping(limits_table)},
               "Bounds of what a stranger can make grow"},
    Key<Model>{"trusted_proxies",
               Need::optional,
               {read_trusted_proxies, shape::networks},
               "Networks whose X-Forwarded-For is believed"},
    Key<Model>{"admin",
               Need::optional,
               {read_admin, shape::either(off, admin)},
               "Health and metrics; `off` for none"},
    Key<Model>{"access_log",
               Need::optional,
               {read_access_log, shape::mapping(access_log_table)},
               "One line for each request"},
    Key<Model>{"decision_log",
               Need::optional,
               {read_decision_log, shape::mapping(decision_log_table)},
               "What rules looked at, redacted, for `claimgate replay`"},
    Key<Model>{"shadow",
               Need::optional,
               {read_shadow, shape::text},
               "A candidate configuration, evaluated beside this one; it decides nothing"},
    Key<Model>{"drain", Need::optional, {read_drain, shape::mapping(drain_table)}, "How it stops"},
    Key<Model>{"workers",
               Need::optional,
               {read_workers, shape::integer(1, max_workers)},
               "Threads that serve; without it, one for each core"},
    Key<Model>{"key_cache", Need::optional, as_path<&Model::key_cache>,
               "Directory of the last good key sets, so that a start needs no provider"},
    Key<Model>{"token_service", Need::later},
    Key<Model>{"revocation", Need::later},
};

} // namespace

Table configuration_table() { return table_of<keys>("configuration"); }

void read_model(Decoder& decoder, const Node& root, Model& out) {
    decoder.mapping<Model>(root, keys, {root.at, "the configuration"}, out);
}

bool is_good_name(Decoder& decoder, const Member& member) {
    const auto is_name_char = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    };
    if (!member.key.empty() && member.key.size() <= 64 &&
        std::all_of(member.key.begin(), member.key.end(), is_name_char))
        return true;
    decoder.error(member.at, in_backticks(member.key) + " is not a name",
                  "use up to 64 letters, digits, `-`, `_` and `.`");
    return false;
}

} // namespace config::decode
