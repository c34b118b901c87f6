#include "policy/jose/key_factory.hpp"
#include "policy/jose/key_set.hpp"
#include "policy/jose/key_set_builder.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace policy::jose {

namespace {

constexpr std::size_t longest_pem = 256 * 1024;

/// One block of a PEM text, its three parts owned as PEM_read_bio() gives them.
struct Block {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;

    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
    bool read(BIO* from) { return PEM_read_bio(from, &name, &header, &data, &size) == 1; }
};

/// The public key that a block holds, or nullptr.
PkeyPtr read_public_key(std::string_view name, const Block& block) {
    const unsigned char* at = block.data;
    PkeyPtr key;
    if (name == "PUBLIC KEY") {
        key.reset(d2i_PUBKEY(nullptr, &at, block.size));
    } else if (name == "RSA PUBLIC KEY") {
        key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, block.size));
    } else if (name == "CERTIFICATE") {
        const CertificatePtr certificate(d2i_X509(nullptr, &at, block.size));
        if (certificate) key.reset(X509_get_pubkey(certificate.get()));
    }
    return at == block.data + block.size ? std::move(key) : nullptr;
}

void add_block(KeySetBuilder& builder, const Block& block) {
    const std::string_view name = block.name;
    if (name.ends_with("PRIVATE KEY")) {
        builder.skip({{}, "a private key where its public part was expected", true});
    } else if (const PkeyPtr key = read_public_key(name, block)) {
        builder.add(make_key({}, key.get()), {});
    } else {
        builder.skip({{}, "a PEM block that holds no public key", false});
    }
}

} // namespace

Result<KeySet, KeySetError> parse_pem_keys(std::string_view pem, std::vector<SkippedKey>* skipped) {
    if (pem.size() > longest_pem) return KeySetError::too_large;
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    KeySetBuilder builder;
    std::size_t seen = 0;
    for (;;) {
        Block block;
        if (!bio || !block.read(bio.get())) break;
        if (++seen > KeySetBuilder::most_seen) return KeySetError::too_large;
        add_block(builder, block);
    }
    // A text that ends where a block should begin is the normal end; any other error is a broken
    // block.
    const bool complete = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!complete || seen == 0) return KeySetError::not_a_key_set;
    return builder.finish(skipped);
}

} // namespace policy::jose
