#pragma once

// Where the candidate of `shadow:` would have decided otherwise.

#include "policy/clock.hpp"
#include "policy/reason.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gateway::observe {

enum class Disagreement : std::uint8_t {
    would_deny,
    would_allow,
    other_answer,   ///< both refuse, with another status
    other_upstream, ///< both let through, to another upstream
    other_headers,  ///< ... with other headers for it
    unknown,        ///< the candidate has an issuer of its own, whose keys are not here
};

constexpr std::array<std::string_view, 6> disagreements = {
    "would_deny", "would_allow", "other_answer", "other_upstream", "other_headers", "unknown"};

constexpr std::string_view to_string(Disagreement disagreement) {
    return disagreements[static_cast<std::size_t>(disagreement)];
}

/// One of them, for the log and the admin page. No token, no query, no header.
struct ShadowExample {
    policy::TimePoint at{};
    Disagreement what = Disagreement::unknown;
    policy::Reason live = policy::Reason::allowed, candidate = policy::Reason::allowed;
    std::string request_id, method, path;
    std::string route; ///< of the candidate, else the one in force; empty: neither has one
    std::string rule;  ///< what of its rule says no: "access.claims"; or empty
};

} // namespace gateway::observe
