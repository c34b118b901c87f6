// A TLS session fed by hand: ciphertext moves between ours and OpenSSL's client through memory.

#include "gateway/tls/context.hpp"
#include "gateway/tls/session.hpp"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

namespace gateway::tls {
namespace {

namespace fs = std::filesystem;

/// A key and a self-signed certificate for `name`, as files.
config::Certificate make_certificate(const fs::path& folder, const std::string& name) {
    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    std::unique_ptr<X509, void (*)(X509*)> x509(X509_new(), &X509_free);
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_set_pubkey(x509.get(), key.get());
    const std::string alternative = "DNS:" + name;
    X509_EXTENSION* extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str());
    X509_add_ext(x509.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(x509.get(), key.get(), EVP_sha256());

    config::Certificate files;
    files.certificate = (folder / (name + ".pem")).string();
    files.key = (folder / (name + ".key")).string();
    std::FILE* file = std::fopen(files.certificate.c_str(), "w");
    PEM_write_X509(file, x509.get());
    std::fclose(file);
    file = std::fopen(files.key.c_str(), "w");
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    return files;
}

class SessionTest : public testing::Test {
protected:
    SessionTest() {
        std::string name = (fs::temp_directory_path() / "claimgate-tls-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        settings_.certificates = {make_certificate(folder_, "a.example"),
                                  make_certificate(folder_, "b.example")};
    }
    ~SessionTest() override { fs::remove_all(folder_); }

    fs::path folder_;
    config::ListenerTls settings_;
};

/// OpenSSL's own client.
class Client {
public:
    explicit Client(const char* server_name, int version = 0)
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
        if (version) SSL_CTX_set_max_proto_version(context_.get(), version);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        // What SSL_set_tlsext_host_name() does, without its C cast.
        SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(server_name));
        SSL_set_connect_state(ssl_.get());
    }
    SSL* ssl() { return ssl_.get(); }
    std::string take_output() {
        std::string out(BIO_ctrl_pending(SSL_get_wbio(ssl())), '\0');
        if (!out.empty()) BIO_read(SSL_get_wbio(ssl()), out.data(), static_cast<int>(out.size()));
        return out;
    }
    void give(const std::string& bytes) {
        if (!bytes.empty())
            BIO_write(SSL_get_rbio(ssl()), bytes.data(), static_cast<int>(bytes.size()));
    }

private:
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, &SSL_free};
};

Session::Status shake(Session& server, Client& client) {
    auto status = Session::Status::want_input;
    for (int round = 0; round < 6 && status == Session::Status::want_input; ++round) {
        SSL_do_handshake(client.ssl());
        const std::string from_client = client.take_output();
        std::string_view input = from_client;
        std::string output;
        status = server.handshake(input, output);
        client.give(output);
    }
    SSL_do_handshake(client.ssl());
    return status;
}

std::string name_of(SSL* ssl) {
    std::unique_ptr<X509, void (*)(X509*)> x509(SSL_get1_peer_certificate(ssl), &X509_free);
    for (const char* name : {"a.example", "b.example"})
        if (X509_check_host(x509.get(), name, 0, 0, nullptr) == 1) return name;
    return "?";
}

TEST_F(SessionTest, CarriesBytesBothWays) {
    const Contexts contexts(settings_, make_ticket_keys());
    Session server(contexts.initial());
    Client client("a.example");
    ASSERT_EQ(shake(server, client), Session::Status::ok);

    SSL_write(client.ssl(), "ping", 4);
    const std::string sent = client.take_output();
    std::string_view input = sent;
    std::string output, plain(100, '\0');
    std::size_t size = 0;
    ASSERT_EQ(server.read(input, output, plain, size), Session::Status::ok);
    EXPECT_EQ(plain.substr(0, size), "ping");
    EXPECT_EQ(server.read(input, output, plain, size), Session::Status::want_input);

    output.clear();
    ASSERT_EQ(server.write("pong", output), Session::Status::ok);
    client.give(output);
    char got[10];
    ASSERT_EQ(SSL_read(client.ssl(), got, sizeof got), 4);
    EXPECT_EQ(std::string(got, 4), "pong");
}

TEST_F(SessionTest, PicksTheCertificateByTheNameTheClientAsksFor) {
    const Contexts contexts(settings_, make_ticket_keys());
    const std::pair<const char*, const char*> cases[] = {{"a.example", "a.example"},
                                                         {"b.example", "b.example"},
                                                         {"B.Example", "b.example"},
                                                         {"c.example", "a.example"}};
    for (const auto& [asked, answered] : cases) {
        Session server(contexts.initial());
        Client client(asked);
        ASSERT_EQ(shake(server, client), Session::Status::ok) << asked;
        EXPECT_EQ(name_of(client.ssl()), answered) << asked;
    }
}

TEST_F(SessionTest, TellsACleanEndFromACut) {
    const Contexts contexts(settings_, make_ticket_keys());
    Session server(contexts.initial());
    Client client("a.example");
    ASSERT_EQ(shake(server, client), Session::Status::ok);
    SSL_shutdown(client.ssl());
    const std::string sent = client.take_output();
    std::string_view input = sent;
    std::string output, plain(100, '\0');
    std::size_t size = 0;
    EXPECT_EQ(server.read(input, output, plain, size), Session::Status::closed);
}

TEST_F(SessionTest, RefusesTls11) {
    const Contexts contexts(settings_, make_ticket_keys());
    Session server(contexts.initial());
    Client client("a.example", TLS1_1_VERSION);
    SSL_set_security_level(client.ssl(), 0);
    EXPECT_EQ(shake(server, client), Session::Status::failed);
    EXPECT_FALSE(server.error().empty());
}

TEST_F(SessionTest, RefusesTls12WhereTheListenerWants13) {
    settings_.minimum = config::TlsVersion::tls1_3;
    const Contexts contexts(settings_, make_ticket_keys());
    Session server(contexts.initial());
    Client client("a.example", TLS1_2_VERSION);
    EXPECT_EQ(shake(server, client), Session::Status::failed);
}

TEST_F(SessionTest, FailsOnGarbageWithoutAnOracle) {
    const Contexts contexts(settings_, make_ticket_keys());
    Session server(contexts.initial());
    std::string_view input = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    std::string output;
    EXPECT_EQ(server.handshake(input, output), Session::Status::failed);
}

TEST_F(SessionTest, AKeyOfAnotherCertificateIsNamed) {
    config::Model model;
    config::Listener listener;
    listener.tls = settings_;
    listener.tls->certificates[1].key = settings_.certificates[0].key;
    model.listeners.push_back(listener);
    const auto problems = check_certificates(model);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].message.find("b.example"), std::string::npos) << problems[0].message;
}

} // namespace
} // namespace gateway::tls
