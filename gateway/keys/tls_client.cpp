#include "gateway/keys/tls_client.hpp"

#include <boost/asio/ip/address.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace gateway::keys {
namespace {

asio::ssl::context make_context(const std::string& ca_file, std::string& error) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    ErrorCode failure;
    context.set_verify_mode(asio::ssl::verify_peer, failure);
    if (!failure && ca_file.empty()) context.set_default_verify_paths(failure);
    if (!failure && !ca_file.empty()) context.load_verify_file(ca_file, failure);
    if (failure)
        error = (ca_file.empty() ? std::string("TLS") : ca_file) + ": " + failure.message();
    return context;
}

/// The name in the certificate, and in SNI, where addresses have no place (RFC 6066 3).
bool expect_host(SSL* ssl, const std::string& host) {
    ErrorCode not_an_address;
    asio::ip::make_address(host, not_an_address);
    if (!not_an_address)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (SSL_set1_host(ssl, host.c_str()) != 1) return false;
    // What SSL_set_tlsext_host_name() does, without its C cast.
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
}

} // namespace

TlsClient::TlsClient(const std::string& host, const std::string& ca_file, Socket& socket)
    : context_(make_context(ca_file, error_)), stream_(socket, context_) {
    if (error_.empty() && !expect_host(stream_.native_handle(), host))
        error_ = "TLS: cannot expect the name " + host;
}

std::string TlsClient::explain(ErrorCode failure) {
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    if (verdict != X509_V_OK)
        return std::string("certificate: ") + X509_verify_cert_error_string(verdict);
    return "TLS: " + failure.message();
}

} // namespace gateway::keys
