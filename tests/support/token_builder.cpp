#include "tests/support/token_builder.hpp"

#include "policy/jose/base64url.hpp"
#include "policy/json.hpp"
#include "tests/support/vectors.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace support {

namespace jose = policy::jose;

namespace {

std::string file_of(jose::Algorithm algorithm, char which) {
    switch (algorithm) {
    case jose::Algorithm::hs256:
    case jose::Algorithm::hs384:
    case jose::Algorithm::hs512: return std::string("secret-") + which;
    case jose::Algorithm::es256: return std::string("p256-") + which;
    case jose::Algorithm::es384: return std::string("p384-") + which;
    case jose::Algorithm::es512: return std::string("p521-") + which;
    case jose::Algorithm::eddsa: return std::string("ed25519-") + which;
    default: return std::string("rsa-") + which;
    }
}

void set(std::vector<std::pair<std::string, std::string>>& members, std::string_view name,
         std::string_view json) {
    for (auto& [known, value] : members)
        if (known == name) {
            value = json;
            return;
        }
    members.emplace_back(name, json);
}

std::string quote(std::string_view text) {
    std::string out;
    policy::append_json_string(out, text);
    return out;
}

std::string object_of(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string out = "{";
    for (const auto& [name, json] : members) {
        if (out.size() > 1) out += ',';
        out += quote(name) + ':' + json;
    }
    return out + '}';
}

} // namespace

const jose::PrivateKey& test_key(jose::Algorithm algorithm, char which) {
    static std::map<std::pair<jose::Algorithm, char>, jose::PrivateKey> keys;
    const auto known = keys.find({algorithm, which});
    if (known != keys.end()) return known->second;
    auto key = jose::parse_private_key(read_data("keys/" + file_of(algorithm, which) + ".json"),
                                       algorithm);
    if (!key) throw std::runtime_error("cannot use " + file_of(algorithm, which));
    return keys.emplace(std::pair{algorithm, which}, *std::move(key)).first->second;
}

std::string public_jwks(std::initializer_list<const jose::PrivateKey*> keys) {
    std::string out = R"({"keys":[)";
    for (const jose::PrivateKey* key : keys) {
        if (!out.ends_with('[')) out += ',';
        out += jose::to_public_jwk(*key);
    }
    return out + "]}";
}

std::string secret_bytes(const jose::PrivateKey& key) {
    return from_base64url(text_of(to_json(jose::to_jwk(key)).root(), "k"));
}

TokenBuilder::TokenBuilder() {
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(test_now.time_since_epoch()).count();
    claim("iss", "\"https://a.example\"");
    claim("aud", "\"api://gw\"");
    claim("sub", "\"ada\"");
    claim("iat", std::to_string(now - 60));
    claim("exp", std::to_string(now + 300));
}

TokenBuilder& TokenBuilder::claim(std::string_view name, std::string_view json) {
    set(claims_, name, json);
    return *this;
}

TokenBuilder& TokenBuilder::no_claim(std::string_view name) {
    std::erase_if(claims_, [&](const auto& member) { return member.first == name; });
    return *this;
}

TokenBuilder& TokenBuilder::payload(std::string bytes) {
    payload_ = std::move(bytes);
    has_payload_ = true;
    return *this;
}

TokenBuilder& TokenBuilder::header(std::string_view name, std::string_view json) {
    set(header_, name, json);
    return *this;
}

TokenBuilder& TokenBuilder::no_header(std::string_view name) {
    left_out_.emplace_back(name);
    return *this;
}

TokenBuilder& TokenBuilder::header_text(std::string bytes) {
    header_text_ = std::move(bytes);
    has_header_text_ = true;
    return *this;
}

std::string TokenBuilder::signed_text(const jose::PrivateKey& key) const {
    Members members = {{"alg", quote(jose::to_string(key.algorithm()))}, {"kid", quote(key.kid())}};
    std::erase_if(members, [&](const auto& member) {
        return std::find(left_out_.begin(), left_out_.end(), member.first) != left_out_.end();
    });
    for (const auto& [name, json] : header_) set(members, name, json);
    return jose::encode_base64url(has_header_text_ ? header_text_ : object_of(members)) + '.' +
           jose::encode_base64url(has_payload_ ? payload_ : object_of(claims_));
}

std::string TokenBuilder::sign(const jose::PrivateKey& key) const {
    const std::string text = signed_text(key);
    const auto signature = jose::sign_bytes(key, text);
    if (!signature) throw std::runtime_error("cannot sign");
    return text + '.' + jose::encode_base64url(*signature);
}

std::string with_signature(std::string_view token, std::string_view signature) {
    return std::string(token.substr(0, token.rfind('.') + 1)) + jose::encode_base64url(signature);
}

std::string signature_of(std::string_view token) {
    return from_base64url(token.substr(token.rfind('.') + 1));
}

} // namespace support
