#pragma once

// Fetches one issuer's key set: discovery if asked for, then the set itself; or learns that it has
// not changed. All within one deadline, on the control loop. What it answers is not yet believed:
// parse_key_set() decides.

#include "config/model.hpp"
#include "gateway/io.hpp"
#include "gateway/keys/fetch_error.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace gateway::keys {

struct FetchJob {
    std::string issuer;
    bool discover = true;
    std::string url; ///< of the key set; with `discover`, of whom to ask if not the issuer
    std::string ca_file;
    bool allow_http = false;
    std::string etag, etag_url; ///< of the set that is held, and where it came from
    std::chrono::milliseconds deadline = std::chrono::seconds(5);
};

struct Fetched {
    bool modified = true;  ///< false: the set that is held is still right
    std::string document;  ///< when modified
    std::string etag, url; ///< to be given back with the next job
    std::optional<std::chrono::seconds> max_age;
};

FetchJob make_job(const config::Issuer& issuer); ///< of a discover or jwks source

Task<FetchResult<Fetched>> fetch_keys(FetchJob job);

} // namespace gateway::keys
