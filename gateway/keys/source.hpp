#pragma once

// One issuer's remote key source: its machine, and the last good set that it brought.

#include "config/model.hpp"
#include "gateway/keys/refresh_state.hpp"
#include "policy/jose/key_set.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gateway::keys {

struct Source {
    Source(const config::Issuer& settings, Instant now) : issuer(settings), machine(now) {}

    /// The same place for the same issuer: what a reload carries over.
    bool is_same(const config::Issuer& other) const;
    /// Logs the keys that could not be used, once for each list of them.
    void report_skipped(const std::vector<policy::jose::SkippedKey>& skipped);

    config::Issuer issuer;
    RefreshState machine;
    std::string document; ///< the last set that parse_key_set() took
    std::size_t keys = 0; ///< usable ones in it
    std::string etag, url;
    bool believed = false;  ///< what the workers were last told: that there are keys
    bool wanted = false;    ///< a worker waits for the flight in the air
    std::string last_error; ///< empty after a success
    std::uint64_t successes = 0, failures = 0;

private:
    std::string last_skipped_;
};

/// In the order of Model::issuers; nullptr for local sources.
using Sources = std::vector<std::shared_ptr<Source>>;

/// Fetched from somewhere: discover or jwks.
bool is_remote(const config::Issuer& issuer);

} // namespace gateway::keys
