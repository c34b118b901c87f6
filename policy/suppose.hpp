#pragma once

// What would be said of a request whose token was refused, were the token good: the checks that
// come after, made on claims that nobody vouches for. For explain only; no permit can come of it.

#include "policy/admission.hpp"
#include "policy/trace.hpp"

#include <string_view>
#include <vector>

namespace policy {

/// `refused_by`: the name of the stage that refused; the stages after it are supposed. Empty where
/// that stage is none of those about tokens. Without a readable token: what would be asked of one.
/// A token of nobody's is decided on as if it were of the first issuer that the route accepts.
std::vector<TraceStage> suppose(const Snapshot& snapshot, RequestHead& head, const Peer& peer,
                                TimePoint now, std::string_view refused_by);

/// The token as verify() would have it, without its proof; nullptr when it cannot be read.
token::ProofPtr take_unproven(std::string_view token);

/// Whose token it would be: by `iss`, or the only issuer of which a token is accepted; nullptr when
/// neither says. `proof` and `route` may be nullptr.
const token::Issuer* suppose_issuer(const Snapshot& snapshot, const token::Proof* proof,
                                    const route::Route* route);

} // namespace policy
