#include "policy/jose/pkey_members.hpp"

#include <array>

namespace policy::jose {

namespace {

using RawGetter = int (*)(const EVP_PKEY*, unsigned char*, std::size_t*);

std::string raw_of(const EVP_PKEY* key, RawGetter get) {
    std::array<unsigned char, 57> bytes{}; // Ed448
    std::size_t size = bytes.size();
    if (get(key, bytes.data(), &size) != 1) return {};
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

} // namespace

std::string number_of(const EVP_PKEY* key, const char* name, std::size_t size) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
    const BignumPtr owner(number);
    std::string bytes(size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    const auto length = static_cast<int>(bytes.size());
    if (BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), length) != length)
        return {};
    return bytes;
}

std::string curve_of(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return {};
    return {name.data(), size};
}

std::size_t coordinate_size(const EVP_PKEY* key) {
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
}

std::string raw_public_of(const EVP_PKEY* key) { return raw_of(key, EVP_PKEY_get_raw_public_key); }

std::string raw_private_of(const EVP_PKEY* key) {
    return raw_of(key, EVP_PKEY_get_raw_private_key);
}

} // namespace policy::jose
