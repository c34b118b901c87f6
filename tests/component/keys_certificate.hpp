#pragma once

// Certificates made on the spot, so that no test depends on a file that expires.

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace component {

struct CertificateRequest {
    std::string names = "DNS:localhost"; ///< subjectAltName as OpenSSL writes it
    long valid_from = -3600;             ///< seconds from now
    long valid_until = 3600;
};

class Certificate {
public:
    static Certificate make_authority();
    static Certificate make_self_signed(const CertificateRequest& request);
    Certificate issue(const CertificateRequest& request) const; ///< signed by this one

    std::string certificate_pem() const;
    std::string key_pem() const;

private:
    static Certificate make(const CertificateRequest& request, const Certificate* issuer,
                            bool is_authority);

    std::shared_ptr<X509> certificate_;
    std::shared_ptr<EVP_PKEY> key_;
};

} // namespace component
