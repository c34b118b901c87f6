#include "gateway/cli/test/run.hpp"

#include <algorithm>

namespace gateway::cli::test {
namespace {

using config::suite::Expectation;
using config::suite::ExpectedHeader;
using config::suite::Verdict;

constexpr const char* none = "(none)";

std::string or_none(std::string_view text) { return std::string(text.empty() ? none : text); }

/// What came of it, in words: "403 insufficient_scope", "allowed".
std::string outcome_text(const Observed& observed) {
    const std::string reason(policy::info(observed.reason).name);
    return observed.status == 0 ? reason : std::to_string(observed.status) + ' ' + reason;
}

std::string verdict_text(bool allow) { return allow ? "allow" : "deny"; }

/// The gateway could not decide: that it let nothing through says nothing about the rules.
bool is_undecided(policy::Reason reason) {
    return reason == policy::Reason::keys_unavailable || reason == policy::Reason::internal_error;
}

std::string undecided_text(policy::Reason reason) {
    std::string text = std::to_string(policy::info(reason).status) + ' ' +
                       std::string(policy::info(reason).name) + ", which is no decision";
    if (reason == policy::Reason::keys_unavailable)
        text += ": the keys of this token's issuer are not here; give `claims` instead";
    return text;
}

class Comparison {
public:
    Comparison(const Case& test, const Observed& observed, const config::Model& model)
        : test_(test), expect_(test.settings->expect), observed_(observed), model_(model) {}

    std::vector<Difference> differences() {
        compare_outcome();
        compare_names();
        for (const ExpectedHeader& header : expect_.headers) compare_header(header);
        if (!expect_.challenge.empty() &&
            observed_.challenge.find(expect_.challenge.text) == std::string::npos)
            add(expect_.challenge.at, "challenge", expect_.challenge.text,
                or_none(observed_.challenge));
        compare_shadow();
        return std::move(found_);
    }

private:
    void add(config::Position at, std::string what, std::string expected, std::string got) {
        found_.push_back({at, std::move(what), std::move(expected), std::move(got)});
    }

    void compare_outcome() {
        // What the upstream gets can only be said of a request that reaches it.
        const bool wants_allowed = expect_.verdict == Verdict::allow ||
                                   (expect_.verdict == Verdict::any && !expect_.headers.empty());
        const bool wants_verdict = wants_allowed || expect_.verdict == Verdict::deny;
        if (wants_verdict && wants_allowed != observed_.allowed)
            add(expect_.at, "verdict", verdict_text(wants_allowed), outcome_text(observed_));
        else if (wants_verdict && !wants_allowed && is_undecided(observed_.reason) &&
                 !expect_.status && !test_.reason)
            add(expect_.at, "verdict", verdict_text(false), undecided_text(observed_.reason));
        if (expect_.status && *expect_.status != observed_.status)
            add(expect_.at, "status", std::to_string(*expect_.status), outcome_text(observed_));
        if (test_.reason && *test_.reason != observed_.reason)
            add(expect_.reason.at, "reason", expect_.reason.text, outcome_text(observed_));
    }

    void compare_shadow() {
        if (expect_.shadow == Verdict::any) return;
        const bool wants_allowed = expect_.shadow == Verdict::allow;
        const policy::Reason reason =
            is_undecided(observed_.reason) ? observed_.reason : observed_.shadow_reason;
        if (wants_allowed != observed_.shadow_allowed)
            add(expect_.at, "shadow", verdict_text(wants_allowed),
                verdict_text(observed_.shadow_allowed));
        else if (!wants_allowed && is_undecided(reason))
            add(expect_.at, "shadow", verdict_text(false), undecided_text(reason));
    }

    void compare_names() {
        const std::string route = observed_.route ? model_.routes[*observed_.route].name : "";
        if (!expect_.route.empty() && expect_.route.text != route)
            add(expect_.route.at, "route", expect_.route.text, or_none(route));
        if (!expect_.upstream.empty() && expect_.upstream.text != observed_.upstream)
            add(expect_.upstream.at, "upstream", expect_.upstream.text,
                or_none(observed_.upstream));
    }

    void compare_header(const ExpectedHeader& header) {
        std::optional<std::string> got;
        for (const auto& [name, value] : observed_.headers)
            if (name == header.name) got = got ? *got + ", " + value : value;
        if (got == header.value) return;
        add(header.at, "header " + header.name, header.value.value_or(none),
            observed_.allowed ? got.value_or(none) : "nothing: " + outcome_text(observed_));
    }

    const Case& test_;
    const Expectation& expect_;
    const Observed& observed_;
    const config::Model& model_;
    std::vector<Difference> found_;
};

} // namespace

std::vector<Difference> compare(const Case& test, const Observed& observed,
                                const config::Model& model) {
    return Comparison(test, observed, model).differences();
}

} // namespace gateway::cli::test
