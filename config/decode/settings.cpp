#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;
constexpr std::size_t gib = 1024 * mib;
constexpr std::size_t max_socket_path = 107; // sun_path and its NUL, unix(7)

constexpr std::array limits_keys = {
    Key<Limits>{"head", Need::optional, as_size<&Limits::head, kib, 60 * kib>,
                "Bytes of a request's head"},
    Key<Limits>{"fields", Need::optional, as_count<&Limits::fields, 10, 120>,
                "Header fields of a request"},
    Key<Limits>{"body", Need::optional, as_size<&Limits::body, 0, 1024 * gib>,
                "Bytes of a request's body"},
    Key<Limits>{"connections", Need::optional, as_count<&Limits::connections, 1, 10'000'000>,
                "Client connections of the whole gateway"},
    Key<Limits>{"requests_per_connection", Need::optional,
                as_count<&Limits::requests_per_connection, 1, 1'000'000'000>,
                "Then the connection is closed"},
    Key<Limits>{"token", Need::optional, as_size<&Limits::token, 256, 32 * kib>,
                "Bytes of a token"},
    Key<Limits>{"proofs", Need::optional, as_count<&Limits::proofs, 0, 10'000'000>,
                "Checked signatures kept, for each worker; 0 keeps none"},
    Key<Limits>{"proof_bytes", Need::optional, as_size<&Limits::proof_bytes, 0, 64 * gib>,
                "Memory for checked signatures, for each worker"},
    Key<Limits>{"head_timeout", Need::optional, as_duration<&Limits::head_timeout, 100, one_hour>,
                "From the first byte of a head to its end, and for a TLS handshake"},
    Key<Limits>{"body_timeout", Need::optional, as_duration<&Limits::body_timeout, 100, one_hour>,
                "Between two pieces of a request's body"},
    Key<Limits>{"idle_timeout", Need::optional, as_duration<&Limits::idle_timeout, 100, one_day>,
                "Of a connection between two requests"},
    Key<Limits>{"send_timeout", Need::optional, as_duration<&Limits::send_timeout, 100, one_hour>,
                "For a client that takes nothing of its answer"},
    Key<Limits>{"key_wait", Need::optional, as_duration<&Limits::key_wait, 0, 30 * one_second>,
                "How long a request may wait for a key that is not known yet"},
};

void read_admin_bind(Decoder& decoder, const Member& member, Admin& out) {
    if (!read_bind(decoder, member.value, out.address, out.port)) return;
    out.bind = member.value.text;
    if (out.address == "::1" || out.address.starts_with("127.")) return;
    decoder.warning(member.value.at, "admin_exposed",
                    "the admin endpoint can be reached from other machines",
                    "bind it to 127.0.0.1, or let only your monitoring reach it");
}

void read_admin_socket(Decoder& decoder, const Member& member, Admin& out) {
    out.socket_at = member.at;
    if (member.value.kind == NodeKind::scalar && member.value.text == "off") {
        out.socket.clear();
        return;
    }
    auto path = decoder.path(member.value);
    if (!path) return;
    if (path->size() > max_socket_path)
        return decoder.error(member.value.at, "the path of a socket holds at most " +
                                                  std::to_string(max_socket_path) + " bytes");
    out.socket = std::move(*path);
}

/// As it can stand after `Authorization: Bearer`.
bool is_good_token(std::string_view text) {
    constexpr std::size_t least = 32, most = 4096;
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7F; };
    return text.size() >= least && text.size() <= most && std::ranges::all_of(text, is_visible);
}

void read_admin_token(Decoder& decoder, const Member& member, Admin& out) {
    auto token = decoder.secret(member);
    if (!token) return;
    if (!is_good_token(token->reveal()))
        return decoder.error(member.at,
                             "the admin token needs at least 32 visible characters, without spaces",
                             "make one with: openssl rand -hex 32");
    out.token = std::move(*token);
}

constexpr std::array admin_keys = {
    Key<Admin>{"bind",
               Need::optional,
               {read_admin_bind, shape::bind},
               "Of /livez, /readyz and /metrics; no secrets, but for your eyes only"},
    Key<Admin>{"socket",
               Need::optional,
               {read_admin_socket, shape::text},
               "A unix socket for the command line, open to its owner alone; off for none"},
    Key<Admin>{"token",
               Need::optional,
               {read_admin_token, shape::text},
               "Opens `bind` to what else the socket does: ${NAME} or ${file:PATH}, never itself"},
};

constexpr std::array<std::string_view, 3> formats = {"json", "text", "none"};

void read_format(Decoder& decoder, const Member& member, AccessLog& out) {
    if (const auto found = decoder.choice(member.value, formats))
        out.format = static_cast<LogFormat>(*found);
}

constexpr std::array access_log_keys = {
    Key<AccessLog>{
        "format", Need::optional, {read_format, shape::word(formats)}, "How a line is written"},
    Key<AccessLog>{"path", Need::optional, as_path<&AccessLog::path>,
                   "Without it, standard output; SIGUSR1 opens it again, for rotation"},
    Key<AccessLog>{"claims", Need::optional, as_texts<&AccessLog::claims>,
                   "Claims to record beside issuer and subject"},
};

constexpr std::array drain_keys = {
    Key<Drain>{"delay", Need::optional, as_duration<&Drain::delay, 0, 10 * one_minute>,
               "Keep accepting after SIGTERM, with /readyz already saying no"},
    Key<Drain>{"timeout", Need::optional, as_duration<&Drain::timeout, 0, one_hour>,
               "Then what is still open is cut"},
};

} // namespace

Table limits_table() { return table_of<limits_keys>("limits"); }
Table admin_table() { return table_of<admin_keys>("admin"); }
Table access_log_table() { return table_of<access_log_keys>("access_log"); }
Table drain_table() { return table_of<drain_keys>("drain"); }

void read_limits(Decoder& decoder, const Member& member, Model& out) {
    decoder.mapping<Limits>(member.value, limits_keys, {member.at, "`limits`"}, out.limits);
}

void read_admin(Decoder& decoder, const Member& member, Model& out) {
    out.admin.at = member.at;
    if (member.value.kind == NodeKind::scalar && member.value.text == "off") {
        out.admin.enabled = false;
        out.admin.socket.clear();
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
