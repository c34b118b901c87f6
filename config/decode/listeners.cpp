#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

constexpr std::array certificate_keys = {
    Key<Certificate>{"certificate", Need::required, as_readable_file<&Certificate::certificate>,
                     "PEM file: the certificate, then its chain"},
    Key<Certificate>{"key", Need::required, as_readable_file<&Certificate::key>,
                     "PEM file of its private key"},
};

Table certificate_table() { return table_of<certificate_keys>("certificate"); }

void read_certificates(Decoder& decoder, const Member& member, ListenerTls& out) {
    if (!decoder.is_list(member.value, "{ certificate, key }")) return;
    for (const Node& item : member.value.items) {
        Certificate& certificate = out.certificates.emplace_back();
        certificate.at = item.at;
        decoder.mapping<Certificate>(item, certificate_keys, {item.at, "a certificate"},
                                     certificate);
    }
}

constexpr std::array<std::string_view, 2> versions = {"1.2", "1.3"};

void read_minimum(Decoder& decoder, const Member& member, ListenerTls& out) {
    if (const auto found = decoder.choice(member.value, versions))
        out.minimum = *found == 0 ? TlsVersion::tls1_2 : TlsVersion::tls1_3;
}

constexpr Shape certificate = shape::mapping(certificate_table);

constexpr std::array<std::string_view, 2> client_modes = {"optional", "required"};

void read_client_mode(Decoder& decoder, const Member& member, ClientCertificates& out) {
    if (const auto found = decoder.choice(member.value, client_modes))
        out.mode = *found == 0 ? ClientCertificateMode::optional : ClientCertificateMode::required;
}

constexpr std::array client_certificate_keys = {
    Key<ClientCertificates>{"authority", Need::required,
                            as_readable_file<&ClientCertificates::authority>,
                            "PEM file of the authorities that client certificates come from"},
    Key<ClientCertificates>{"mode",
                            Need::optional,
                            {read_client_mode, shape::word(client_modes)},
                            "optional: a client may have none; required: it may not connect then"},
};

Table client_certificates_table() {
    return table_of<client_certificate_keys>("client_certificates");
}

constexpr Shape client_certificates = shape::mapping(client_certificates_table);

void read_client_certificates(Decoder& decoder, const Member& member, ListenerTls& out) {
    ClientCertificates& read = out.client_certificates.emplace();
    read.at = member.at;
    decoder.mapping<ClientCertificates>(member.value, client_certificate_keys,
                                        {member.at, "`client_certificates`"}, read);
}

constexpr std::array tls_keys = {
    Key<ListenerTls>{"certificates",
                     Need::required,
                     {read_certificates, shape::list_of(certificate)},
                     "SNI picks one by the names inside; the first is the default"},
    Key<ListenerTls>{"minimum",
                     Need::optional,
                     {read_minimum, shape::word(versions)},
                     "The oldest version of TLS that is spoken"},
    Key<ListenerTls>{"client_certificates",
                     Need::optional,
                     {read_client_certificates, client_certificates},
                     "Clients may, or must, show a certificate"},
};

Table tls_table() { return table_of<tls_keys>("tls"); }

void read_tls(Decoder& decoder, const Member& member, Listener& out) {
    out.tls.emplace().at = member.at;
    decoder.mapping<ListenerTls>(member.value, tls_keys, {member.at, "`tls`"}, *out.tls);
}

constexpr std::array<std::string_view, 1> protocol_names = {"http/1.1"};

void read_protocols(Decoder& decoder, const Member& member, Listener&) {
    if (!decoder.is_list(member.value, "protocols")) return;
    for (const Node& item : member.value.items) {
        if (item.kind == NodeKind::scalar && item.text == protocol_names[0]) continue;
        if (item.kind == NodeKind::scalar && (item.text == "h2" || item.text == "h3"))
            decoder.not_in_this_version(item.at, item.text, "remove it, or write [http/1.1]");
        else
            decoder.mismatch(item, one_of(protocol_names));
    }
}

void read_listener_bind(Decoder& decoder, const Member& member, Listener& out) {
    if (read_bind(decoder, member.value, out.address, out.port)) out.bind = member.value.text;
}

constexpr Shape protocol = shape::word(protocol_names);

constexpr std::array listener_keys = {
    Key<Listener>{"bind",
                  Need::required,
                  {read_listener_bind, shape::bind},
                  "IP address and port: 0.0.0.0:8443 or [::]:8443; port 0 is any free one"},
    Key<Listener>{
        "tls", Need::optional, {read_tls, shape::mapping(tls_table)}, "Without it, cleartext"},
    Key<Listener>{"protocols",
                  Need::optional,
                  {read_protocols, shape::list_of(protocol)},
                  "What is spoken here"},
    Key<Listener>{"redirect", Need::later},
};

std::string bind_hint(const Node& node) {
    const std::string_view text = node.text;
    if (node.replaced) return "write ADDRESS:PORT";
    const auto colons = std::count(text.begin(), text.end(), ':');
    if (colons == 1 && (text.starts_with(':') || text.starts_with("*:")))
        return "write 0.0.0.0" + std::string(text.substr(text.find(':'))) +
               " for all IPv4 addresses, or [::] for IPv6";
    if (parse_port(text)) return "write 0.0.0.0:" + std::string(text);
    if (text.starts_with("localhost")) return "write 127.0.0.1" + std::string(text.substr(9));
    if (colons > 1 && !text.starts_with('['))
        return "write an IPv6 address in brackets: [::1]:8080";
    return "write an IP address and a port: 0.0.0.0:8080 or [::]:8080";
}

} // namespace

bool read_bind(Decoder& decoder, const Node& node, std::string& address, std::uint16_t& port) {
    const std::optional<std::string> text = decoder.text(node, "an address and a port");
    if (!text) return false;
    const std::optional<HostPort> found = parse_host_port(*text, true);
    if (!found || !found->has_port || !is_ip_address(found->host)) {
        decoder.mismatch(node, "an address and a port", bind_hint(node));
        return false;
    }
    address = found->host;
    port = found->port;
    return true;
}

Table listener_table() { return table_of<listener_keys>("listener"); }

void read_listeners(Decoder& decoder, const Member& member, Model& out) {
    if (!decoder.is_list(member.value, "listeners")) return;
    for (const Node& item : member.value.items) {
        Listener& listener = out.listeners.emplace_back();
        listener.at = item.at;
        decoder.mapping<Listener>(item, listener_keys, {item.at, "a listener"}, listener);
    }
}

} // namespace config::decode
