#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <array>

namespace config::decode {
namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;
constexpr std::size_t gib = 1024 * mib;

constexpr std::array limits_keys = {
    Key<Limits>{"head", Need::optional, read_size<&Limits::head, kib, 60 * kib>},
    Key<Limits>{"fields", Need::optional, read_count<&Limits::fields, 10, 120>},
    Key<Limits>{"body", Need::optional, read_size<&Limits::body, 0, 1024 * gib>},
    Key<Limits>{"connections", Need::optional, read_count<&Limits::connections, 1, 10'000'000>},
    Key<Limits>{"requests_per_connection", Need::optional,
                read_count<&Limits::requests_per_connection, 1, 1'000'000'000>},
    Key<Limits>{"token", Need::optional, read_size<&Limits::token, 256, 32 * kib>},
    Key<Limits>{"proofs", Need::optional, read_count<&Limits::proofs, 0, 10'000'000>},
    Key<Limits>{"proof_bytes", Need::optional, read_size<&Limits::proof_bytes, 0, 64 * gib>},
    Key<Limits>{"head_timeout", Need::optional,
                read_duration<&Limits::head_timeout, 100, one_hour>},
    Key<Limits>{"body_timeout", Need::optional,
                read_duration<&Limits::body_timeout, 100, one_hour>},
    Key<Limits>{"idle_timeout", Need::optional, read_duration<&Limits::idle_timeout, 100, one_day>},
    Key<Limits>{"send_timeout", Need::optional,
                read_duration<&Limits::send_timeout, 100, one_hour>},
    Key<Limits>{"key_wait", Need::optional, read_duration<&Limits::key_wait, 0, 30 * one_second>},
};

void read_admin_bind(Decoder& decoder, const Member& member, Admin& out) {
    if (!read_bind(decoder, member.value, out.address, out.port)) return;
    out.bind = member.value.text;
    if (out.address == "::1" || out.address.starts_with("127.")) return;
    decoder.warning(member.value.at, "admin_exposed",
                    "the admin endpoint can be reached from other machines",
                    "bind it to 127.0.0.1, or let only your monitoring reach it");
}

constexpr std::array admin_keys = {
    Key<Admin>{"bind", Need::optional, read_admin_bind},
    Key<Admin>{"socket", Need::later},
    Key<Admin>{"token", Need::later},
};

void read_format(Decoder& decoder, const Member& member, AccessLog& out) {
    constexpr std::array<std::string_view, 3> formats = {"json", "text", "none"};
    if (const auto found = decoder.choice(member.value, formats))
        out.format = static_cast<LogFormat>(*found);
}

constexpr std::array access_log_keys = {
    Key<AccessLog>{"format", Need::optional, read_format},
    Key<AccessLog>{"path", Need::optional, read_path<&AccessLog::path>},
    Key<AccessLog>{"claims", Need::optional, read_texts<&AccessLog::claims>},
};

constexpr std::array drain_keys = {
    Key<Drain>{"delay", Need::optional, read_duration<&Drain::delay, 0, 10 * one_minute>},
    Key<Drain>{"timeout", Need::optional, read_duration<&Drain::timeout, 0, one_hour>},
};

} // namespace

void read_limits(Decoder& decoder, const Member& member, Model& out) {
    decoder.mapping<Limits>(member.value, limits_keys, {member.at, "`limits`"}, out.limits);
}

void read_admin(Decoder& decoder, const Member& member, Model& out) {
    out.admin.at = member.at;
    if (member.value.kind == NodeKind::scalar && member.value.text == "off") {
        out.admin.enabled = false;
        return;
    }
    if (member.value.kind != NodeKind::mapping)
        return decoder.mismatch(member.value, "a mapping, or `off`");
    decoder.mapping<Admin>(member.value, admin_keys, {member.at, "`admin`"}, out.admin);
}

void read_access_log(Decoder& decoder, const Member& member, Model& out) {
    decoder.mapping<AccessLog>(member.value, access_log_keys, {member.at, "`access_log`"},
                               out.access_log);
}

void read_drain(Decoder& decoder, const Member& member, Model& out) {
    decoder.mapping<Drain>(member.value, drain_keys, {member.at, "`drain`"}, out.drain);
}

std::optional<std::vector<std::string>> read_networks(Decoder& decoder, const Node& node) {
    std::optional<std::vector<std::string>> networks = decoder.texts(node);
    if (!networks) return std::nullopt;
    bool is_good = true;
    for (const Node& item : node.items) {
        std::string why;
        if (is_network(item.text, why)) continue;
        is_good = false;
        decoder.error(item.at, Decoder::shown(item) + " is no network: " + why,
                      "write one as 10.0.0.0/8 or fd00::/8");
    }
    if (!is_good) return std::nullopt;
    return networks;
}

void read_trusted_proxies(Decoder& decoder, const Member& member, Model& out) {
    if (auto networks = read_networks(decoder, member.value))
        out.trusted_proxies = std::move(*networks);
}

} // namespace config::decode
