#include "gateway/observe/shadow_text.hpp"

#include "gateway/observe/sum.hpp"

namespace gateway::observe {
namespace {

using Candidates = std::vector<const CandidateCells*>;

/// A series begins with its first event.
void render_reasons(Exposition& text, const std::string& route, Disagreement verdict,
                    const Candidates& cells, CandidateCells::Reasons CandidateCells::*reasons) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Reason::count_); ++i) {
        const auto count =
            sum(cells, [&](const CandidateCells& c) -> const Cell& { return (c.*reasons)[i]; });
        const auto reason = policy::info(static_cast<policy::Reason>(i)).name;
        if (count > 0)
            text.sample({{"route", route},
                         {"rule", ""},
                         {"verdict", to_string(verdict)},
                         {"reason", reason}},
                        count);
    }
}

} // namespace

/// All workers hold the same rules of a route in the same order.
void render_shadows(Exposition& text, const Registry::Totals& totals) {
    text.family("claimgate_shadow_disagreements_total", "counter",
                "Decisions that a rule in shadow mode would have changed.");
    for (const auto& [route, cells] : totals.shadows) {
        for (std::size_t i = 0; i < cells.front()->names.size(); ++i) {
            const std::string& rule = cells.front()->names[i];
            text.sample({{"route", route}, {"rule", rule}, {"verdict", "would_deny"}},
                        sum(cells, [i](const ShadowCells& c) -> const Cell& {
                            return c.rules[i].would_deny;
                        }));
            text.sample({{"route", route}, {"rule", rule}, {"verdict", "would_allow"}},
                        sum(cells, [i](const ShadowCells& c) -> const Cell& {
                            return c.rules[i].would_allow;
                        }));
        }
    }
    text.family("claimgate_shadow_route_denials_total", "counter",
                "Requests that a route in shadow mode would have refused, and why.");
    for (const auto& [route, cells] : totals.shadows) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Reason::count_); ++i) {
            const auto count =
                sum(cells, [i](const ShadowCells& c) -> const Cell& { return c.reasons[i]; });
            const auto reason = policy::info(static_cast<policy::Reason>(i)).name;
            if (count > 0) text.sample({{"route", route}, {"reason", reason}}, count);
        }
    }
}

void render_candidate(Exposition& text, const Registry::Totals& totals) {
    text.family("claimgate_candidate_disagreements_total", "counter",
                "Decisions that the candidate configuration would have made otherwise.");
    for (const auto& [route, cells] : totals.candidate) {
        for (std::size_t i = 0; i < cells.front()->places.size(); ++i) {
            const auto count =
                sum(cells, [i](const CandidateCells& c) -> const Cell& { return c.denied_by[i]; });
            if (count > 0)
                text.sample({{"route", route},
                             {"rule", cells.front()->places[i]},
                             {"verdict", to_string(Disagreement::would_deny)},
                             {"reason", ""}},
                            count);
        }
        render_reasons(text, route, Disagreement::would_deny, cells, &CandidateCells::denied);
        render_reasons(text, route, Disagreement::would_allow, cells, &CandidateCells::allowed);
        for (std::size_t i = 0; i < disagreements.size(); ++i) {
            const auto count =
                sum(cells, [i](const CandidateCells& c) -> const Cell& { return c.others[i]; });
            if (count > 0)
                text.sample(
                    {{"route", route}, {"rule", ""}, {"verdict", disagreements[i]}, {"reason", ""}},
                    count);
        }
    }
}

} // namespace gateway::observe
