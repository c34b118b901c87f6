#pragma once

// One line per exchange. Workers format into a ring of their own and never wait; LogWriter's thread
// writes. A full ring drops the line and counts it. Redaction
// is here: the query is never logged, nor is any header; a token shows as issuer, subject and jti
// (threats H170).

#include "config/model.hpp"
#include "policy/clock.hpp"
#include "policy/reason.hpp"
#include "policy/rule/text.hpp"
#include "policy/token/proof.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::observe {

/// What is known of an exchange when it ends. Views need to live during write() only.
struct AccessRecord {
    policy::TimePoint started;
    std::string_view request_id;
    std::string_view client;             ///< address
    std::string_view method, host, path; ///< path: normal, or empty when the target was refused
    int minor_version = 1;
    bool tls = false;
    int status = 0; ///< 0: none was sent
    policy::Reason reason = policy::Reason::allowed;
    std::string_view route;                    ///< name; empty: none
    std::string_view upstream;                 ///< name
    std::string_view target;                   ///< host:port that answered
    std::uint64_t bytes_in = 0, bytes_out = 0; ///< bodies
    std::chrono::microseconds duration{};
    std::chrono::microseconds upstream_duration{}; ///< to its head; 0: not asked
    bool proof_cached = false;
    /// What rules in shadow mode would have changed, and which: bits of the names.
    bool shadow_denied = false, shadow_allowed = false;
    std::uint64_t shadow_rules = 0;
    std::span<const std::string> shadow_names;
    /// What a route in shadow mode would have said; allowed: nothing else.
    policy::Reason shadow_reason = policy::Reason::allowed;
    const policy::token::Proof* proof = nullptr; ///< a token whose signature held
};

/// A single-producer single-consumer ring of bytes.
class LogRing; // log_ring.hpp
class AccessLine;

/// Owned by one worker; not thread-safe.
class AccessLogger {
public:
    AccessLogger(std::shared_ptr<LogRing> ring, config::AccessLog settings);
    AccessLogger(AccessLogger&&) noexcept;
    AccessLogger& operator=(AccessLogger&&) noexcept;
    ~AccessLogger();
    /// False when the line was dropped for want of room. Allocates nothing in the steady state.
    bool write(const AccessRecord& record);
    void configure(config::AccessLog settings); ///< after a reload; format and claims only

private:
    std::shared_ptr<LogRing> ring_;
    config::AccessLog settings_;
    std::vector<policy::rule::ClaimPath> claims_;
    std::unique_ptr<AccessLine> line_;
};

} // namespace gateway::observe
