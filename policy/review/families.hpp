#pragma once

// The families of warnings, one file each, and what they share.

#include "config/error.hpp"
#include "policy/snapshot.hpp"

#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace policy::review {

class Review {
public:
    explicit Review(const Snapshot& s) : snapshot(s), model(s.model()) {}

    /// A policy is compiled into each rule that uses it: the second time at one place is not said.
    void warn(config::Position at, std::string_view name, std::string message,
              std::string hint = {});

    const Snapshot& snapshot;
    const config::Model& model;
    config::Problems problems;

private:
    std::set<std::tuple<int, int, std::string_view>> said_;
};

void review_places(Review& review);   ///< public routes beside and below protected ones
void review_shadowed(Review& review); ///< routes that the router never chooses
void review_methods(Review& review);  ///< methods that need less than others of the same path
void review_verdicts(Review& review); ///< rules whose outcome no request changes
void review_absence(Review& review);  ///< `none` that holds for want of a claim
void review_unused(Review& review);   ///< policies, upstreams and issuers without a use
void review_keys(Review& review);     ///< keys in the file or beside it
void review_headers(Review& review);  ///< templates whose claim is not there

/// Whether a token of the issuer with this index is accepted on the route.
inline bool is_accepted(const route::Route& route, std::size_t issuer) {
    return route.issuers.empty() || route.issuers[issuer];
}

/// Whether the issuer's tokens must hold this top-level claim to be believed.
bool requires_claim(const config::Issuer& issuer, std::string_view claim);

/// Whether every token that is accepted on the route holds this top-level claim.
bool is_always_there(const Review& review, const route::Route& route, std::string_view claim);

std::string in_line(config::Position at); ///< "line 12"

} // namespace policy::review
