#include "gateway/tls/context.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace gateway::tls {

namespace {

constexpr int longest_chain = 4; ///< certificates between a client's and its authority

[[noreturn]] void fail(std::string message) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    if (reason) message.append(": ").append(reason);
    ERR_clear_error();
    throw std::runtime_error(message);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// One label for the star, as certificates mean it (RFC 6125 6.4.3).
bool covers(std::string_view pattern, std::string_view name) {
    if (!pattern.starts_with("*.")) return pattern == name;
    const auto dot = name.find('.');
    return dot != std::string_view::npos && dot > 0 && name.substr(dot) == pattern.substr(1);
}

// Only HTTP/1.1 is offered; a client that names other protocols alone is refused rather than
// guessed at.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
    constexpr std::string_view ours = "http/1.1";
    for (unsigned int i = 0; i < offered_size;) {
        const unsigned int length = offered[i];
        if (i + 1 + length > offered_size) break;
        const std::string_view name(reinterpret_cast<const char*>(offered + i + 1), length);
        if (name == ours) {
            *out = offered + i + 1;
            *size = static_cast<unsigned char>(length);
            return SSL_TLSEXT_ERR_OK;
        }
        i += 1 + length;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_policy(SSL_CTX* context, const config::ListenerTls& settings, const TicketKeys& tickets) {
    const int minimum =
        settings.minimum == config::TlsVersion::tls1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
    SSL_CTX_set_min_proto_version(context, minimum);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    // Forward secrecy and AEAD only.
    if (!SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL"))
        fail("cannot set the cipher list");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384");
    // Resumption by tickets: nothing is kept on our side. One ticket, since each costs about 25 us
    // of a handshake.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    auto keys = tickets;
    SSL_CTX_set_tlsext_ticket_keys(context, keys.data(), static_cast<long>(keys.size()));
    SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
}

/// The file is read twice: whom we believe, and the names that tell a client what to choose from.
void ask_for_certificate(SSL_CTX* context, const config::ClientCertificates& settings) {
    if (SSL_CTX_load_verify_file(context, settings.authority.c_str()) != 1)
        fail("cannot use the authority " + settings.authority);
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(settings.authority.c_str()));
    const bool required = settings.mode == config::ClientCertificateMode::required;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
                       nullptr);
    SSL_CTX_set_verify_depth(context, longest_chain);
    // A resumed session is not verified again: without tickets every connection shows a certificate
    // that is good today, for the authorities of today.
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

} // namespace

TicketKeys make_ticket_keys() {
    TicketKeys keys{};
    if (RAND_bytes(keys.data(), static_cast<int>(keys.size())) != 1)
        throw std::runtime_error("no random bytes");
    return keys;
}

Contexts::Contexts(const config::ListenerTls& settings, const TicketKeys& tickets) {
    for (const auto& certificate : settings.certificates) add(certificate, settings, tickets);
    if (contexts_.empty()) throw std::runtime_error("a TLS listener needs a certificate");
    SSL_CTX_callback_ctrl(initial(), SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(&Contexts::pick));
    SSL_CTX_set_tlsext_servername_arg(initial(), this);
}

void Contexts::add(const config::Certificate& certificate, const config::ListenerTls& settings,
                   const TicketKeys& tickets) {
    contexts_.emplace_back(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* context = contexts_.back().get();
    if (!context) fail("cannot make a TLS context");
    set_policy(context, settings, tickets);
    if (settings.client_certificates) ask_for_certificate(context, *settings.client_certificates);
    if (SSL_CTX_use_certificate_chain_file(context, certificate.certificate.c_str()) != 1)
        fail("cannot use the certificate " + certificate.certificate);
    if (SSL_CTX_use_PrivateKey_file(context, certificate.key.c_str(), SSL_FILETYPE_PEM) != 1)
        fail("cannot use the key " + certificate.key + " for the certificate " +
             certificate.certificate);
    if (SSL_CTX_check_private_key(context) != 1)
        fail("the key " + certificate.key + " is not that of the certificate " +
             certificate.certificate);
    add_names(context);
}

void Contexts::add_names(SSL_CTX* context) {
    const X509* x509 = SSL_CTX_get0_certificate(context);
    auto* names =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
        if (name->type != GEN_DNS) continue;
        const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
        const std::string_view text(data,
                                    static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        names_.push_back({lower(text), context});
    }
    GENERAL_NAMES_free(names);
}

// Unknown or absent names get the first certificate: who the client wanted is judged by Host, not
// here.
int Contexts::pick(SSL* ssl, int*, void* self) {
    const char* wanted = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!wanted) return SSL_TLSEXT_ERR_OK;
    const std::string name = lower(wanted);
    for (const Named& entry : static_cast<Contexts*>(self)->names_) {
        if (!covers(entry.name, name)) continue;
        SSL_set_SSL_CTX(
            ssl, entry.context); // same policy in all of them, so only the certificate changes
        break;
    }
    return SSL_TLSEXT_ERR_OK;
}

namespace {

/// Nothing when the authority's file can be used.
std::optional<std::string> why_unusable(const config::ClientCertificates& settings) {
    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_server_method()),
                                                               &SSL_CTX_free);
    if (!context) return "cannot make a TLS context";
    try {
        ask_for_certificate(context.get(), settings);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return std::nullopt;
}

} // namespace

std::vector<CertificateProblem> check_certificates(const config::Model& model) {
    std::vector<CertificateProblem> problems;
    for (const auto& listener : model.listeners) {
        if (!listener.tls) continue;
        if (const auto& clients = listener.tls->client_certificates)
            if (auto why = why_unusable(*clients)) problems.push_back({clients->at, *why});
        for (const auto& certificate : listener.tls->certificates) {
            config::ListenerTls alone = *listener.tls;
            alone.certificates = {certificate};
            alone.client_certificates.reset();
            try {
                Contexts contexts(alone, TicketKeys{});
            } catch (const std::runtime_error& error) {
                problems.push_back({certificate.at, error.what()});
            }
        }
    }
    return problems;
}

} // namespace gateway::tls
