#include "gateway/keys/source.hpp"

#include "gateway/observe/log.hpp"

namespace gateway::keys {

bool is_remote(const config::Issuer& issuer) {
    return issuer.keys.kind == config::KeySourceKind::discover ||
           issuer.keys.kind == config::KeySourceKind::jwks;
}

bool Source::is_same(const config::Issuer& other) const {
    return issuer.name == other.name && issuer.issuer == other.issuer &&
           issuer.keys.kind == other.keys.kind && issuer.keys.url == other.keys.url &&
           issuer.keys.ca_file == other.keys.ca_file &&
           issuer.keys.allow_http == other.keys.allow_http;
}

void Source::report_skipped(const std::vector<policy::jose::SkippedKey>& skipped) {
    constexpr std::size_t most_lines = 10;
    std::string all;
    for (const auto& key : skipped) all += key.kid + '\0' + key.why + '\0';
    if (all == last_skipped_) return;
    last_skipped_ = std::move(all);
    for (std::size_t i = 0; i < skipped.size() && i < most_lines; ++i) {
        const auto& key = skipped[i];
        if (key.leaked_private)
            log::write(log::Level::error, "key_leaked",
                       "The provider publishes a private key: tell its operator",
                       {{"issuer", issuer.name}, {"kid", key.kid}});
        else
            log::write(log::Level::info, "key_skipped", "A key is not used",
                       {{"issuer", issuer.name}, {"kid", key.kid}, {"why", key.why}});
    }
}

} // namespace gateway::keys
