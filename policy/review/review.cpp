#include "policy/review/review.hpp"

#include "policy/review/families.hpp"

#include <algorithm>

namespace policy::review {

void Review::warn(config::Position at, std::string_view name, std::string message,
                  std::string hint) {
    if (!said_.emplace(at.line, at.column, name).second) return;
    problems.push_back({config::Severity::warning, model.file, at, std::move(message),
                        std::move(hint), std::string(name)});
}

bool requires_claim(const config::Issuer& issuer, std::string_view claim) {
    if (claim == "exp" || claim == "iss") return true; // token/validate.hpp asks for both
    return std::ranges::any_of(issuer.required_claims, [&](const config::RequiredClaim& required) {
        return required.name == claim && !required.may_be_missing;
    });
}

bool is_always_there(const Review& review, const route::Route& route, std::string_view claim) {
    for (std::size_t i = 0; i < review.model.issuers.size(); ++i)
        if (is_accepted(route, i) && !requires_claim(review.model.issuers[i], claim)) return false;
    return true;
}

std::string in_line(config::Position at) { return "line " + std::to_string(at.line); }

config::Problems warnings_of(const Snapshot& snapshot) {
    Review found(snapshot);
    for (const auto family : {review_places, review_shadowed, review_methods, review_verdicts,
                              review_absence, review_unused, review_keys, review_headers})
        family(found);
    config::sort_by_place(found.problems);
    return std::move(found.problems);
}

} // namespace policy::review
