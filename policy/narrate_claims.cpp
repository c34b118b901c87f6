#include "policy/narrate.hpp"
#include "policy/rule/describe.hpp"
#include "policy/token/validate.hpp"
#include "policy/trace.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <string>

namespace policy::narrate {

namespace {

constexpr const char* missing = "(missing)";

/// 2023-11-14T22:13:20Z; the bare number where no calendar reaches.
std::string time_text(std::int64_t seconds) {
    using namespace std::chrono;
    if (seconds < 0 || seconds > 253402300799) return std::to_string(seconds);
    const sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ldZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<long>(clock.hours().count()),
                  static_cast<long>(clock.minutes().count()),
                  static_cast<long>(clock.seconds().count()));
    return text.data();
}

std::string seconds_text(config::Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + "s";
}

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string claim_text(const Admission& a, std::string_view name) {
    const auto value = a.proof->claims.document.root().find(name);
    return value ? rule::describe(*value) : missing;
}

std::string time_claim(const std::optional<std::int64_t>& value) {
    return value ? time_text(*value) : missing;
}

/// The steps of validation in its order, ended by the one that failed.
class Steps {
public:
    Steps(Admission& a, Reason reason) : a_(a), reason_(reason) {}

    void add(const char* what, std::initializer_list<Reason> failures, std::string expected,
             std::string found) {
        if (ended_) return;
        for (const Reason failure : failures) ended_ |= failure == reason_;
        a_.tools.trace->step(what, !ended_, std::move(expected), std::move(found),
                             a_.issuer->settings->at);
    }

    bool ended() const { return ended_; }

private:
    Admission& a_;
    Reason reason_;
    bool ended_ = false;
};

} // namespace

void validated(Admission& a, Reason reason) {
    if (!a.tools.trace) return;
    const config::Issuer& settings = *a.issuer->settings;
    const token::Claims& claims = a.proof->claims;
    const auto now = std::chrono::floor<std::chrono::seconds>(a.now).time_since_epoch().count();
    const std::string at = time_text(now) + " (leeway " + seconds_text(settings.leeway) + ")";
    Steps steps(a, reason);
    steps.add("exp", {Reason::token_expired, Reason::token_lifetime}, "after " + at,
              time_claim(claims.expires));
    steps.add("nbf", {Reason::token_not_yet_valid}, "not after " + at,
              time_claim(claims.not_before));
    steps.add("iat", {Reason::token_issued_in_future, Reason::token_malformed}, "not after " + at,
              time_claim(claims.issued_at));
    if (settings.tenant)
        steps.add(settings.tenant->claim.c_str(), {Reason::tenant_mismatch},
                  "as in iss " + std::string(claims.issuer), claim_text(a, settings.tenant->claim));
    steps.add(settings.audience_claim.c_str(), {Reason::bad_audience},
              settings.any_audience ? "any" : "one of " + join(settings.audiences),
              claim_text(a, settings.audience_claim));
    steps.add("typ", {Reason::bad_type},
              settings.types.empty() ? "an access token" : "one of " + join(settings.types),
              a.proof->header.type.value_or(missing));
    for (const config::RequiredClaim& required : settings.required_claims) {
        std::string expected = required.may_be_missing ? "missing, or " : "";
        expected += required.values.empty() ? "present" : "one of " + join(required.values);
        if (token::is_fulfilled(required, claims.document))
            steps.add(required.name.c_str(), {}, std::move(expected), claim_text(a, required.name));
        else
            steps.add(required.name.c_str(), {Reason::claim_missing}, std::move(expected),
                      claim_text(a, required.name));
    }
    if (claims.document.root().find("cnf"))
        steps.add("cnf", {Reason::token_bound}, "no binding to a key", claim_text(a, "cnf"));
    if (reason != Reason::allowed && !steps.ended())
        steps.add("claims", {reason}, "registered claims of their types",
                  std::string(info(reason).name));
}

} // namespace policy::narrate
