// Headers for the upstream whose claim is not there, or not in the tokens of every issuer: the
// upstream then sees a request without them.

#include "policy/review/families.hpp"

#include <algorithm>

namespace policy::review {

namespace {

using rule::Piece;

/// Where one issuer promises the claim, its absence in another's tokens was not thought of.
void review_claim(Review& review, const route::Route& route, const route::ForwardHeader& header,
                  const rule::ClaimPath& claim) {
    if (claim.steps.size() != 1 || is_always_there(review, route, claim.steps[0])) return;
    const config::Issuer* without = nullptr;
    bool is_promised = false;
    for (std::size_t i = 0; i < review.model.issuers.size(); ++i) {
        if (!is_accepted(route, i)) continue;
        const config::Issuer& issuer = review.model.issuers[i];
        if (requires_claim(issuer, claim.steps[0]))
            is_promised = true;
        else if (!without)
            without = &issuer;
    }
    if (!is_promised || !without) return;
    review.warn(header.at, "claim_of_some_issuers",
                "tokens of `" + without->name + "` need not hold `" + claim.text +
                    "`, and then this header is absent",
                "add it to that issuer's `required_claims`, or accept fewer `issuers` here");
}

} // namespace

void review_headers(Review& review) {
    for (const auto& route : review.snapshot.routes().routes())
        for (const route::ForwardHeader& header : route->headers)
            for (const Piece& piece : header.value.pieces()) {
                if (piece.kind != Piece::Kind::claim) continue;
                if (route->settings->access != config::Access::everyone)
                    review_claim(review, *route, header, piece.claim);
                else
                    review.warn(header.at, "claim_on_public_route",
                                "a public route looks for no token, so this header is never sent",
                                "write `access: optional`, or remove the header");
            }
}

} // namespace policy::review
