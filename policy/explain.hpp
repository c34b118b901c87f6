#pragma once

// Why a request is let through or not: admit() run with a trace, and put into words. For people and
// programs.

#include "policy/changes.hpp"
#include "policy/clock.hpp"
#include "policy/pipeline.hpp"
#include "policy/reason.hpp"
#include "policy/trace.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace policy {

struct Explanation {
    enum class Result : std::uint8_t {
        admitted,   ///< goes to the upstream
        answered,   ///< by the gateway itself
        key_needed, ///< cannot be said before the issuer's keys were asked for
    };
    Result result = Result::answered;
    Reason reason = Reason::internal_error;
    int status = 0; ///< 0: the upstream's
    std::vector<TraceStage> stages;

    std::string route; ///< its name; empty where none was found
    config::Position route_at;
    bool shadow_denied = false;             ///< rules in shadow mode would have made a no of it
    bool shadow_allowed = false;            ///< or a yes
    std::vector<std::string> shadow_rules;  ///< which of them, by their places
    Reason shadow_reason = Reason::allowed; ///< what a route in shadow mode would have said
    std::string issuer;                     ///< whose keys are needed, or whose token it was

    // What the upstream would receive; only where it is admitted.
    std::string upstream;
    std::string method, target, authority;
    std::vector<std::pair<std::string, std::string>> added; ///< headers that the gateway writes
    std::vector<std::string> forwarded, dropped;            ///< names of the client's headers

    std::string advice; ///< a refusal: what would have to change, in one sentence
    /// A refusal: the fewest things that would have to be different, all of them together. With
    /// what the supposed stages say.
    std::vector<Change> changes;
    /// After a token that is missing or was refused: what the stages after say of it as if it were
    /// good. Nobody vouches for those claims, and the verdict knows nothing of them.
    std::vector<TraceStage> supposed;
};

/// Nothing is fetched and no proof is kept. `peer.text` must be set.
Explanation explain(const Snapshot& snapshot, RequestHead& head, const Peer& peer, TimePoint now);

/// Completes a refusal, whose reason, stages and supposed stages are there: status, the line that
/// decided, advice, changes.
void describe_refusal(Explanation& refusal);

/// A token alone: its proof and its validation. `issuer`, where there is one, must be whose it is:
/// a name of the model.
Explanation explain_token(const Snapshot& snapshot, std::string_view token, TimePoint now,
                          std::string_view issuer = {});

/// One sentence for each reason: what would have to change for this not to be the answer.
std::string_view advice(Reason reason);

} // namespace policy
