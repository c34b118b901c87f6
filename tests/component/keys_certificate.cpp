#include "tests/component/keys_certificate.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace component {
namespace {

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

void add_extension(X509* certificate, int id, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void set_name(X509_NAME* name, const char* text) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
}

} // namespace

Certificate Certificate::make(const CertificateRequest& request, const Certificate* issuer,
                              bool is_authority) {
    static long serial = 1;
    Certificate made;
    made.key_ = {EVP_EC_gen("P-256"), EVP_PKEY_free};
    made.certificate_ = {X509_new(), X509_free};
    X509* certificate = made.certificate_.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), request.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), request.valid_until);
    X509_set_pubkey(certificate, made.key_.get());
    set_name(X509_get_subject_name(certificate), is_authority ? "test authority" : "test server");
    X509* signer = issuer ? issuer->certificate_.get() : certificate;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer));
    if (is_authority)
        add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    else
        add_extension(certificate, NID_subject_alt_name, request.names);
    X509_sign(certificate, issuer ? issuer->key_.get() : made.key_.get(), EVP_sha256());
    return made;
}

Certificate Certificate::make_authority() { return make({}, nullptr, true); }

Certificate Certificate::make_self_signed(const CertificateRequest& request) {
    return make(request, nullptr, false);
}

Certificate Certificate::issue(const CertificateRequest& request) const {
    return make(request, this, false);
}

std::string Certificate::certificate_pem() const {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, certificate_.get());
    return text_of(bio);
}

std::string Certificate::key_pem() const {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return text_of(bio);
}

} // namespace component
