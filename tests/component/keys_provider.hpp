#pragma once

// An identity provider in a thread: answers each path with bytes that the test wrote, over TLS or
// without, on loopback. It speaks raw bytes, so it can say what no HTTP library would.

#include "tests/component/keys_certificate.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace component {

/// Two key sets of one EC key each (RFC 7517 A.1, RFC 7515 A.3).
extern const std::string key_set_one, key_set_two;

std::string http_ok(const std::string& body, const std::string& more_fields = {});

class Provider {
public:
    /// Without a certificate it speaks plain HTTP.
    explicit Provider(std::optional<Certificate> certificate = std::nullopt);
    ~Provider();

    std::uint16_t port() const;
    /// "https://localhost:PORT", or http.
    std::string origin(const std::string& host = "localhost") const;

    void set(const std::string& path, std::string bytes);
    /// Sends the bytes and then nothing, with the connection kept open.
    void set_hanging(const std::string& path, std::string bytes);
    /// Discovery at the root, and a key set behind it.
    void set_key_set(const std::string& key_set, const std::string& more_fields = {});

    std::vector<std::string> requests() const; ///< the heads, in order

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace component
