#pragma once

// A recorded decision made again under another configuration, by the same admit(): recorded claims
// are signed anew by a Rehearsal, and the time is the recorded one. What the record does not tell
// is never guessed: where the answer hangs on it, that is what is said.

#include "policy/json.hpp"
#include "policy/pipeline.hpp"
#include "policy/record/token_state.hpp"
#include "policy/rehearsal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy::record {

/// A line of the decision log. Values live in `document`.
struct Recorded {
    JsonDocument document;
    TimePoint at{};
    Reason reason = Reason::allowed;
    TokenState token = TokenState::unseen;
    bool tls = false;
    std::string_view request_id, client, method, host, path, route, issuer;
    std::optional<std::string_view> type; ///< `typ` of the token
    std::optional<JsonValue> claims, absent, headers, queries;
};

enum class Change : std::uint8_t {
    same,
    would_deny,
    would_allow,
    other_answer, ///< refused both times, but with another status
    unknown,      ///< see Replayed::missing
    skipped,      ///< it was no decision about access: keys were not there
};

struct Replayed {
    Change change = Change::same;
    Reason reason = Reason::allowed;        ///< under the other configuration
    std::string_view route;                 ///< the same; where it has none, the recorded one
    const config::Entry* decider = nullptr; ///< what of its rule said no
    std::string place;                      ///< where that stands: "access.claims"
    /// unknown: what the decision log would have to list ("claims: tenant"), or what cannot be
    /// known.
    std::vector<std::string> missing;
};

/// One thread at a time.
class Replay {
public:
    explicit Replay(const Rehearsal& rehearsal) : rehearsal_(rehearsal) {}

    /// The result's views live in the record and the rehearsal.
    Replayed decide(const Recorded& recorded);

private:
    class Knowledge;
    /// What admit() comes to, and which route and entry said so.
    struct Answered {
        Reason reason = Reason::allowed;
        const route::Route* route = nullptr;
        const config::Entry* decider = nullptr;
    };
    bool build(const Recorded& recorded);
    bool build_token(const Recorded& recorded);
    Answered ask(const Recorded& recorded, const rule::Redactions* redactions);
    const token::Issuer* issuer_of(const Recorded& recorded) const;
    std::string_view keep(std::string text);

    const Rehearsal& rehearsal_;
    Scratch scratch_;
    token::ProofCache proofs_{0, 0};
    RequestHead head_;
    std::vector<std::unique_ptr<std::string>> texts_; ///< what the head looks into
    Reason token_reason_ = Reason::allowed; ///< why the token is refused, whatever it looks like
};

} // namespace policy::record
