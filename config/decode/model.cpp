#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

void read_workers(Decoder& decoder, const Member& member, Model& out) {
    if (const auto value = decoder.integer(member.value, 1, 1024))
        out.workers = static_cast<std::size_t>(*value);
}

constexpr std::array keys = {
    Key<Model>{"listeners", Need::required, read_listeners},
    Key<Model>{"issuers", Need::optional, read_issuers},
    Key<Model>{"upstreams", Need::optional, read_upstreams},
    Key<Model>{"policies", Need::optional, read_policies},
    Key<Model>{"routes", Need::required, read_routes},
    Key<Model>{"limits", Need::optional, read_limits},
    Key<Model>{"trusted_proxies", Need::optional, read_trusted_proxies},
    Key<Model>{"admin", Need::optional, read_admin},
    Key<Model>{"access_log", Need::optional, read_access_log},
    Key<Model>{"drain", Need::optional, read_drain},
    Key<Model>{"workers", Need::optional, read_workers},
    Key<Model>{"key_cache", Need::optional, read_path<&Model::key_cache>},
    Key<Model>{"token_service", Need::later},
    Key<Model>{"revocation", Need::later},
};

} // namespace

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
