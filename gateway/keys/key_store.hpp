#pragma once

// The last good key set of each issuer on disk, so that a gateway can start while its provider is
// down. What is in the directory is believed, so a file counts only when it is a regular one, ours,
// and writable by nobody else; it is bound to its issuer and key source; and it is replaced
// atomically, mode 0600. Losing a file loses nothing but a start.

#include "config/model.hpp"
#include "policy/clock.hpp"

#include <optional>
#include <string>

namespace gateway::keys {

struct StoredKeys {
    policy::TimePoint fetched;
    std::string document;
};

class KeyStore {
public:
    /// `directory` is created (0700) when missing. Empty: nothing is kept, and nothing found.
    explicit KeyStore(std::string directory);

    /// Nothing when there is none, or it does not count; then `why_not` says why, if that is worth
    /// saying.
    std::optional<StoredKeys> load(const config::Issuer& issuer, std::string& why_not) const;

    /// An error text, or empty.
    std::string save(const config::Issuer& issuer, const StoredKeys& keys) const;

private:
    std::string path_of(const config::Issuer& issuer) const;

    std::string directory_;
};

} // namespace gateway::keys
