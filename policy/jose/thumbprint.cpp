#include "policy/jose/thumbprint.hpp"

#include "policy/jose/base64url.hpp"
#include "policy/jose/digest.hpp"

namespace policy::jose {

std::string rsa_members(std::string_view modulus, std::string_view exponent) {
    return R"({"e":")" + encode_base64url(exponent) + R"(","kty":"RSA","n":")" +
           encode_base64url(modulus) + "\"}";
}

std::string ec_members(std::string_view curve, std::string_view x, std::string_view y) {
    return R"({"crv":")" + std::string(curve) + R"(","kty":"EC","x":")" + encode_base64url(x) +
           R"(","y":")" + encode_base64url(y) + "\"}";
}

std::string okp_members(std::string_view curve, std::string_view x) {
    return R"({"crv":")" + std::string(curve) + R"(","kty":"OKP","x":")" + encode_base64url(x) +
           "\"}";
}

std::string oct_members(std::string_view secret) {
    return R"({"k":")" + encode_base64url(secret) + R"(","kty":"oct"})";
}

std::string thumbprint(std::string_view members) {
    const auto hash = sha256(members);
    return encode_base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

KeyId make_key_id(std::string_view members, AlgorithmSet algorithms) {
    std::string text(members);
    text += static_cast<char>(algorithms.bits() >> 8);
    text += static_cast<char>(algorithms.bits() & 0xff);
    return sha256(text);
}

} // namespace policy::jose
