#include "gateway/tls/client_certificate.hpp"

#include "policy/address.hpp"
#include "policy/jose/digest.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <string>

namespace gateway::tls {

namespace {

constexpr std::size_t longest_subject = 1024;
constexpr std::size_t longest_name = 512;
constexpr int most_names = 64;

struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

bool is_plain(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

/// RFC 4514 escapes what could be read in two ways; UTF-8 stays as it is.
std::optional<std::string> subject_of(const X509* certificate) {
    const std::unique_ptr<BIO, Free> out(BIO_new(BIO_s_mem()));
    constexpr unsigned long form = XN_FLAG_RFC2253 & ~std::uint32_t{ASN1_STRFLGS_ESC_MSB};
    if (!out || X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, form) < 0)
        return std::nullopt;
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    std::string text(data, static_cast<std::size_t>(std::max(size, 0L)));
    if (text.size() > longest_subject || !is_plain(text)) return std::nullopt;
    return text;
}

std::string_view bytes_of(const ASN1_STRING* text) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::optional<std::string> address_text(std::string_view bytes) {
    policy::Address address;
    if (bytes.size() == 16) {
        std::ranges::copy(bytes, address.bytes.begin());
    } else if (bytes.size() == 4) {
        address.bytes[10] = address.bytes[11] = 0xff; // IPv4-mapped (RFC 4291 2.5.5.2)
        std::ranges::copy(bytes, address.bytes.begin() + 12);
    } else {
        return std::nullopt;
    }
    return address.to_string();
}

/// Empty for a kind that rules do not know; nothing for one that cannot be told for sure.
std::optional<std::string> name_text(const GENERAL_NAME* name) {
    const auto text_of = [](std::string_view kind,
                            const ASN1_STRING* value) -> std::optional<std::string> {
        const std::string_view bytes = bytes_of(value);
        if (bytes.size() > longest_name || !is_plain(bytes)) return std::nullopt;
        return std::string(kind).append(bytes);
    };
    switch (name->type) {
    case GEN_DNS: return text_of("DNS:", name->d.dNSName);
    case GEN_URI: return text_of("URI:", name->d.uniformResourceIdentifier);
    case GEN_EMAIL: return text_of("email:", name->d.rfc822Name);
    case GEN_IPADD: break;
    default: return std::string();
    }
    auto address = address_text(bytes_of(name->d.iPAddress));
    if (address) address->insert(0, "IP:");
    return address;
}

bool read_names(const X509* certificate, std::vector<std::string>& out) {
    int critical = 0;
    const std::unique_ptr<GENERAL_NAMES, Free> names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nullptr)));
    constexpr int none = -1; // -2: there are several; else it is there and malformed
    if (!names && critical != none) return false;
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    if (count > most_names) return false;
    for (int i = 0; i < count; ++i) {
        auto text = name_text(sk_GENERAL_NAME_value(names.get(), i));
        if (!text) return false;
        if (!text->empty()) out.push_back(std::move(*text));
    }
    return true;
}

std::string fingerprint_of(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0) return {};
    const auto digest =
        policy::jose::sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 0x0f];
    }
    return text;
}

} // namespace

policy::ClientCertificate read_certificate(const X509* certificate) {
    policy::ClientCertificate facts;
    auto subject = subject_of(certificate);
    facts.is_readable = subject && read_names(certificate, facts.names);
    if (facts.is_readable) facts.subject = std::move(*subject);
    if (!facts.is_readable) facts.names.clear();
    facts.fingerprint = fingerprint_of(certificate);
    ERR_clear_error();
    return facts;
}

std::optional<policy::ClientCertificate> parse_certificate(std::string_view pem) {
    const std::unique_ptr<BIO, Free> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<X509, Free> certificate(
        in ? PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr) : nullptr);
    ERR_clear_error();
    if (!certificate) return std::nullopt;
    return read_certificate(certificate.get());
}

} // namespace gateway::tls
