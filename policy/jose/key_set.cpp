#include "policy/jose/key_set.hpp"

#include "policy/jose/jwk.hpp"
#include "policy/jose/key_set_builder.hpp"
#include "policy/jose/signature.hpp"
#include "policy/json.hpp"

namespace policy::jose {

namespace {

// Room for a hundred keys with their certificate chains.
constexpr JsonLimits limits{.bytes = 256 * 1024, .depth = 32, .members = 256, .nodes = 16384};

KeySetError translate(JsonError error) {
    const bool large = error == JsonError::too_large || error == JsonError::too_many_members;
    return large ? KeySetError::too_large : KeySetError::not_json;
}

} // namespace

std::string_view to_string(KeySetError error) {
    switch (error) {
    case KeySetError::not_json: return "not JSON, or JSON that could be read in two ways";
    case KeySetError::not_a_key_set: return "not a key set";
    case KeySetError::too_large: return "larger than a key set may be";
    case KeySetError::no_usable_key: return "without a key that can be used";
    }
    return "unknown";
}

KeySet::KeySet() = default;
KeySet::KeySet(KeySet&&) noexcept = default;
KeySet& KeySet::operator=(KeySet&&) noexcept = default;
KeySet::~KeySet() = default;

Key* KeySet::find(const KeyId& id) const {
    for (const auto& key : keys_)
        if (key->id() == id) return key.get();
    return nullptr;
}

Result<KeySet, KeySetError> parse_key_set(std::string_view json, std::vector<SkippedKey>* skipped) {
    const auto document = parse_json(json, limits);
    if (!document) return translate(document.error());
    const auto keys = document->root().find("keys");
    if (!keys || !keys->is(JsonType::array)) return KeySetError::not_a_key_set;
    if (keys->size() > KeySetBuilder::most_seen) return KeySetError::too_large;

    KeySetBuilder builder;
    for (auto jwk = keys->first(); jwk; jwk = jwk->next()) {
        ReadJwk read = read_jwk(*jwk);
        if (read.leaked_private)
            builder.skip({std::move(read.kid), read.key.error().why, true});
        else
            builder.add(std::move(read.key), read.kid);
    }
    return builder.finish(skipped);
}

Result<KeySet, KeySetError> make_secret_key(std::string_view secret) {
    KeySetBuilder builder;
    builder.add(make_hmac_key({}, secret), {});
    return builder.finish(nullptr);
}

} // namespace policy::jose
