#pragma once

// Owners for OpenSSL's objects. Included by sources of this folder only.

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <memory>
#include <string_view>

namespace policy::jose {

template <auto release> struct Release {
    template <class T> void operator()(T* object) const { release(object); }
};

using PkeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using MacContextPtr = std::unique_ptr<EVP_MAC_CTX, Release<EVP_MAC_CTX_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using ParamBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, Release<X509_free>>;

inline const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

inline BignumPtr to_bignum(std::string_view big_endian) {
    return BignumPtr(BN_bin2bn(bytes_of(big_endian), static_cast<int>(big_endian.size()), nullptr));
}

} // namespace policy::jose
