// Why a token is not believed, check by check. What it says is shown, never the token itself.

#include "policy/jose/signature.hpp"
#include "policy/narrate.hpp"
#include "policy/rule/describe.hpp"
#include "policy/token/inspect.hpp"
#include "policy/trace.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace policy::narrate {

namespace {

constexpr const char* missing = "(missing)";

void append(std::string& out, std::string_view more) {
    if (!out.empty()) out += ", ";
    out += more;
}

std::string names_of(const config::Issuer& settings) {
    std::string text = settings.issuer;
    for (const std::string& name : settings.other_issuers) append(text, name);
    return text;
}

std::optional<std::string> text_of(const JsonDocument& object, std::string_view name) {
    const auto value = object.root().find(name);
    if (!value) return std::nullopt;
    return value->is(JsonType::string) ? std::string(value->text()) : rule::describe(*value);
}

std::string_view without_slash(std::string_view text) {
    return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

/// The issuer that the token names; nullptr, and why, when there is none.
const token::Issuer* narrate_issuer(Admission& a, const token::Unverified& token) {
    const auto name = text_of(token.claims, "iss");
    std::string known, note;
    for (const token::Issuer& issuer : a.snapshot.issuers()) {
        const config::Issuer& settings = *issuer.settings;
        if (name && issuer.is_named(*name)) {
            a.tools.trace->step("issuer", true, names_of(settings), settings.name, settings.at);
            return &issuer;
        }
        append(known, names_of(settings));
        if (name && without_slash(*name) == without_slash(settings.issuer))
            note = ": only a slash at its end differs from " + settings.name;
    }
    a.tools.trace->step("issuer", false, known, name.value_or(missing) + note);
    return nullptr;
}

bool narrate_algorithm(Admission& a, const token::Issuer& issuer, const token::Unverified& token) {
    const auto name = text_of(token.header, "alg");
    const auto algorithm = name ? jose::parse_algorithm(*name) : std::nullopt;
    std::string allowed;
    for (auto i = 0u; i <= static_cast<unsigned>(jose::Algorithm::ed448); ++i)
        if (const auto known = static_cast<jose::Algorithm>(i); issuer.algorithms.has(known))
            append(allowed, jose::to_string(known));
    const bool held = algorithm && issuer.algorithms.has(*algorithm);
    a.tools.trace->step("algorithm", held, "one of " + allowed, name.value_or(missing),
                        issuer.settings->at);
    return held;
}

bool narrate_key(Admission& a, const token::Issuer& issuer, const token::Unverified& token) {
    const auto name = text_of(token.header, "kid");
    std::string known;
    bool held = false;
    for (const auto& key : issuer.keys.keys()) {
        const std::string_view kid = key->kid();
        append(known, kid.empty() ? "(no kid)" : kid);
        held = held || !name || kid.empty() || kid == *name;
    }
    a.tools.trace->step("key", held,
                        issuer.keys_known
                            ? "one of " + known
                            : "the keys of " + issuer.settings->name + ", which are not known yet",
                        name.value_or("(no kid)"), issuer.settings->keys.at);
    return held;
}

} // namespace

void not_verified(Admission& a, Reason reason) {
    if (!a.tools.trace) return;
    const std::string why(info(reason).name);
    const auto token = token::parse_unverified(a.token);
    if (reason == Reason::token_critical)
        return a.tools.trace->step("form", false, "neither `crit` nor `b64`", why);
    if (!token || reason == Reason::token_too_large || reason == Reason::token_malformed)
        return a.tools.trace->step("form", false,
                                   "a signed JWT in its compact form, of at most " +
                                       std::to_string(a.snapshot.model().limits.token) + " bytes",
                                   why);
    const token::Issuer* const issuer = narrate_issuer(a, *token);
    if (!issuer || !narrate_algorithm(a, *issuer, *token) || !narrate_key(a, *issuer, *token))
        return;
    a.tools.trace->step("signature", false, "made by that key", why, issuer->settings->keys.at);
}

/// The first things that a token of the only issuer must have.
void wanted_of_token(Admission& a) {
    if (!a.tools.trace) return;
    const std::string none = "(no token)";
    if (!a.issuer) {
        std::string known;
        for (const token::Issuer& issuer : a.snapshot.issuers())
            if (a.route->settings->issuers.empty() ||
                std::ranges::find(a.route->settings->issuers, issuer.settings->name) !=
                    a.route->settings->issuers.end())
                append(known, issuer.settings->name);
        return a.tools.trace->step("issuer", false, "one of " + known, none, a.route->settings->at);
    }
    const config::Issuer& settings = *a.issuer->settings;
    a.tools.trace->step("issuer", false, names_of(settings), none, settings.at);
    if (settings.any_audience) return;
    std::string audiences;
    for (const std::string& audience : settings.audiences) append(audiences, audience);
    a.tools.trace->step(settings.audience_claim, false, "one of " + audiences, none, settings.at);
}

} // namespace policy::narrate
