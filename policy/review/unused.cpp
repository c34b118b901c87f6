// What is defined and never used: a remnant, or a name that was meant somewhere.

#include "policy/review/families.hpp"
#include "policy/rule/policy_use.hpp"

#include <algorithm>
#include <unordered_set>

namespace policy::review {

namespace {

using config::Access;

bool is_accepted_somewhere(const Review& review, std::size_t issuer) {
    return std::ranges::any_of(review.snapshot.routes().routes(), [&](const auto& route) {
        return route->settings->access != Access::everyone && is_accepted(*route, issuer);
    });
}

} // namespace

void review_unused(Review& review) {
    const rule::PolicyUse policies(review.model);
    std::unordered_set<std::string_view> upstreams;
    for (const config::Route& route : review.model.routes) upstreams.insert(route.upstream);
    constexpr std::string_view hint = "remove it, or use it";
    for (const config::Policy& policy : review.model.policies)
        if (!policies.is_used(policy.name))
            review.warn(policy.at, "unused_policy", "no route uses this policy", std::string(hint));
    for (const config::Upstream& upstream : review.model.upstreams)
        if (!upstreams.contains(upstream.name))
            review.warn(upstream.at, "unused_upstream", "no route uses this upstream",
                        std::string(hint));
    for (std::size_t i = 0; i < review.model.issuers.size(); ++i)
        if (!is_accepted_somewhere(review, i))
            review.warn(review.model.issuers[i].at, "unused_issuer",
                        "no route accepts tokens of this issuer",
                        "remove it, or name it in the `issuers` of a route");
}

} // namespace policy::review
