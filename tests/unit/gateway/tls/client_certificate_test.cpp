#include "gateway/tls/client_certificate.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace gateway::tls {
namespace {

using CertificatePtr = std::unique_ptr<X509, void (*)(X509*)>;

/// "CN=..., ..." in the order of the certificate; `names` as OpenSSL's configuration writes them.
CertificatePtr make(const std::vector<std::pair<const char*, std::string>>& subject,
                    const std::string& names = {}) {
    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    CertificatePtr made(X509_new(), &X509_free);
    X509_set_version(made.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    for (const auto& [field, value] : subject)
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(value.data()),
                                   static_cast<int>(value.size()), -1, 0);
    if (!names.empty()) {
        X509_EXTENSION* extension =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
        X509_add_ext(made.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(made.get(), key.get(), EVP_sha256());
    return made;
}

TEST(ClientCertificate, HasItsSubjectInTheFormOfRfc4514) {
    const auto subject = [](std::vector<std::pair<const char*, std::string>> fields) {
        const auto facts = read_certificate(make(fields).get());
        return facts.is_readable ? facts.subject : "(nothing)";
    };
    EXPECT_EQ(subject({{"O", "Shop"}, {"CN", "reports"}}), "CN=reports,O=Shop");
    EXPECT_EQ(subject({{"CN", "a,O=Admin"}}), "CN=a\\,O=Admin");
    EXPECT_EQ(subject({{"CN", "J\xc3\xbcrgen"}}), "CN=J\xc3\xbcrgen");
    EXPECT_EQ(subject({}), "");
}

TEST(ClientCertificate, NamesTheKindOfEachName) {
    const auto facts = read_certificate(
        make({{"CN", "x"}}, "DNS:a.shop,URI:spiffe://shop/ns/x,email:a@b.example,IP:192.0.2.1,"
                            "IP:2001:db8::1,RID:1.2.3")
            .get());
    ASSERT_TRUE(facts.is_readable);
    EXPECT_EQ(facts.names,
              (std::vector<std::string>{"DNS:a.shop", "URI:spiffe://shop/ns/x", "email:a@b.example",
                                        "IP:192.0.2.1", "IP:2001:db8::1"}));
}

TEST(ClientCertificate, HasAFingerprintOfAllOfIt) {
    const CertificatePtr certificate = make({{"CN", "x"}});
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    X509_digest(certificate.get(), EVP_sha256(), digest, &size);
    std::string expected;
    for (unsigned i = 0; i < size; ++i) {
        char text[3];
        std::snprintf(text, sizeof text, "%02x", digest[i]);
        expected += text;
    }
    EXPECT_EQ(read_certificate(certificate.get()).fingerprint, expected);
}

TEST(ClientCertificate, IsNotReadableWhereItSaysTooMuchOrNothingSure) {
    const std::vector<std::pair<const char*, std::string>> long_one(20,
                                                                    {"OU", std::string(60, 'x')});
    EXPECT_FALSE(read_certificate(make(long_one).get()).is_readable);
    std::string many;
    for (int i = 0; i < 65; ++i) many += (i ? ",DNS:a" : "DNS:a") + std::to_string(i);
    const auto too_many = read_certificate(make({{"CN", "x"}}, many).get());
    EXPECT_FALSE(too_many.is_readable);
    EXPECT_EQ(too_many.subject, "");
    EXPECT_TRUE(too_many.names.empty());
    EXPECT_EQ(too_many.fingerprint.size(), 64u);
    EXPECT_FALSE(
        read_certificate(make({{"CN", "x"}}, "URI:x:" + std::string(600, 'a')).get()).is_readable);
}

TEST(ClientCertificate, IsReadFromPem) {
    const CertificatePtr certificate = make({{"CN", "x"}});
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, certificate.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    const auto facts = parse_certificate({data, static_cast<std::size_t>(size)});
    BIO_free(bio);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->subject, "CN=x");
    EXPECT_FALSE(parse_certificate("no PEM"));
    EXPECT_FALSE(parse_certificate(""));
}

} // namespace
} // namespace gateway::tls
