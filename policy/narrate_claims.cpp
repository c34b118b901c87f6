#include "policy/narrate.hpp"
#include "policy/rule/describe.hpp"
#include "policy/token/validate.hpp"
#include "policy/trace.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

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

std::string wanted_end(const Admission& a, const std::string& now, Reason reason) {
    if (reason != Reason::token_lifetime) return "after " + now;
    return "at most " + seconds_text(a.issuer->settings->max_lifetime) + " after " + now;
}

void required_claims(Admission& a) {
    const JsonDocument& claims = a.proof->claims.document;
    for (const config::RequiredClaim& required : a.issuer->settings->required_claims) {
        std::string expected = required.may_be_missing ? "missing, or " : "";
        expected += required.values.empty() ? "present" : "one of " + join(required.values);
        a.tools.trace->step(required.name, token::is_fulfilled(required, claims),
                            std::move(expected), claim_text(a, required.name),
                            a.issuer->settings->at);
    }
}

} // namespace

void validated(Admission& a) {
    if (!a.tools.trace) return;
    const config::Issuer& settings = *a.issuer->settings;
    const token::Claims& claims = a.proof->claims;
    const auto now = std::chrono::floor<std::chrono::seconds>(a.now).time_since_epoch().count();
    const std::string at = time_text(now) + " (leeway " + seconds_text(settings.leeway) + ")";
    const auto reason = [&](token::Check which) {
        return token::check(which, *a.proof, *a.issuer, a.now);
    };
    const auto step = [&](std::string what, token::Check which, std::string expected,
                          std::string found) {
        a.tools.trace->step(std::move(what), reason(which) == Reason::allowed, std::move(expected),
                            std::move(found), settings.at);
    };
    if (const Reason defect = reason(token::Check::types); defect != Reason::allowed)
        step("claims", token::Check::types, "registered claims of their types",
             std::string(info(defect).name));
    step("exp", token::Check::expiry, wanted_end(a, at, reason(token::Check::expiry)),
         time_claim(claims.expires));
    step("nbf", token::Check::begin, "not after " + at, time_claim(claims.not_before));
    step("iat", token::Check::issue,
         reason(token::Check::issue) == Reason::token_malformed ? "not after exp"
                                                                : "not after " + at,
         time_claim(claims.issued_at));
    step(settings.audience_claim, token::Check::audience,
         settings.any_audience ? "any" : "one of " + join(settings.audiences),
         claim_text(a, settings.audience_claim));
    step("typ", token::Check::type,
         settings.types.empty() ? "an access token" : "one of " + join(settings.types),
         a.proof->header.type.value_or(missing));
    required_claims(a);
    if (claims.document.root().find("cnf"))
        step("cnf", token::Check::binding, "no binding to a key", claim_text(a, "cnf"));
}

} // namespace policy::narrate
