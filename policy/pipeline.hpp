#pragma once

// admit(): the one function that decides. The proxy, `explain`, `test` and the authorisation
// endpoint all call it. Pure: no socket, no lock, no clock. An exception inside becomes
// internal_error: when in doubt, closed.

#include "policy/admission.hpp"
#include "policy/decision.hpp"

#include <string_view>
#include <variant>
#include <vector>

namespace policy {

using Outcome = std::variant<Admitted, Answer, KeyNeeded>;

/// What a request turned out to be, for the access log, whatever the outcome. Filled by admit().
/// Views live as long as the scratch memory and the snapshot.
struct Findings {
    const route::Route* route = nullptr;
    std::string_view path; ///< normal path; empty when the target was refused
    std::string_view client_text;
    token::ProofPtr proof; ///< a token whose signature held, even where the answer is no
    bool proof_cached = false;
    /// Whether rules in shadow mode would have made a yes a no, or a no a yes, and which of
    /// Rule::shadows().
    bool shadow_denied = false, shadow_allowed = false;
    rule::ShadowSet shadow_rules = 0;
    /// What a route in shadow mode would have said; allowed: the same.
    Reason shadow_reason = Reason::allowed;
    const config::Entry* decider = nullptr; ///< what of the rule said no
};

/// Marks fields of `head` as dropped, and leaves everything else of it as it was.
/// Calling it again with the same head (after a KeyNeeded) is fine.
Outcome admit(const Snapshot& snapshot, RequestHead& head, const Peer& peer, TimePoint now,
              Tools& tools, Findings& findings);

/// The names of the stages in their order, with the reason for each position; for docs, explain and
/// a test.
struct StageName {
    std::string_view name;
    std::string_view why;
};
std::vector<StageName> stage_names();

} // namespace policy
