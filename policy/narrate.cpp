#include "policy/narrate.hpp"

#include "policy/trace.hpp"

#include <string>
#include <utility>

namespace policy::narrate {

namespace {

constexpr const char* missing = "(missing)";

config::Position place(const Admission& a) { return a.route->settings->at; }

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string names_of(const config::Issuer& settings) {
    if (settings.other_issuers.empty()) return settings.issuer;
    return settings.issuer + ", " + join(settings.other_issuers);
}

/// What the preset and the file came to: where rules look.
std::string describe_preset(const config::Issuer& settings) {
    return settings.preset + ": scopes in " + join(settings.scopes) + "; roles in " +
           join(settings.roles) + "; groups in " + join(settings.groups) + "; audience in " +
           settings.audience_claim;
}

std::string_view to_string(config::Access access) {
    switch (access) {
    case config::Access::everyone: return "public: no token is looked for";
    case config::Access::optional: return "optional: no token, or a valid one";
    case config::Access::authenticated: return "a valid token";
    case config::Access::rule: return "a valid token, and the rule holds";
    }
    return "";
}

} // namespace

void target(Admission& a, const Result<route::Target, route::TargetError>& target) {
    if (!a.tools.trace) return;
    std::string found = target ? std::string(target->path) + std::string(target->query)
                               : std::string(route::to_string(target.error()));
    a.tools.trace->step("path", target.has_value(), "one way to read it", std::move(found));
}

void route(Admission& a, const route::Found& found) {
    if (!a.tools.trace) return;
    const std::string asked =
        std::string(a.head.method) + " " + std::string(a.host) + std::string(a.path);
    if (!found.route)
        return a.tools.trace->step("route", false,
                                   found.allow.empty() ? "a route for this host and path"
                                                       : "one of " + std::string(found.allow),
                                   asked);
    const config::Route& settings = *found.route->settings;
    a.tools.trace->step("route", true, settings.path, asked, settings.at);
    for (std::size_t i = 0; i < found.parameters.size; ++i)
        a.tools.trace->step("path." + found.route->parameters[i], true, "",
                            std::string(found.parameters.values[i]), settings.at);
}

void strip(Admission& a) {
    if (!a.tools.trace) return;
    a.tools.trace->step("client", true, "", std::string(a.client_text));
    for (const Field& field : std::as_const(a.head.fields).all())
        if (field.dropped) a.tools.trace->step("dropped", true, "", std::string(field.name));
}

void token(Admission& a, const token::Found& found) {
    if (!a.tools.trace) return;
    const config::Access access = a.route->settings->access;
    const bool held = found.reason == Reason::allowed ||
                      (found.reason == Reason::token_missing && access == config::Access::optional);
    a.tools.trace->step("token", held, std::string(to_string(access)),
                        found.reason == Reason::allowed ? "one bearer token"
                                                        : std::string(info(found.reason).name),
                        place(a));
}

void verified(Admission& a) {
    if (!a.tools.trace) return;
    Trace& trace = *a.tools.trace;
    const config::Issuer& settings = *a.issuer->settings;
    trace.step("issuer", true, names_of(settings), settings.name, settings.at);
    if (!settings.preset.empty())
        trace.step("preset", true, "", describe_preset(settings), settings.at);
    trace.step("algorithm", true, "", std::string(jose::to_string(a.proof->header.algorithm)),
               settings.at);
    trace.step("key", true, "", a.proof->header.key_id.value_or("(no kid)"), settings.keys.at);
    trace.step("signature", true, "", "right", settings.keys.at);
}

void issuer_not_accepted(Admission& a) {
    if (!a.tools.trace) return;
    a.tools.trace->step("issuer", false, join(a.route->settings->issuers), a.issuer->settings->name,
                        place(a));
    validated(a);
}

void header(Admission& a, const route::ForwardHeader& header, const rule::Value& value) {
    if (!a.tools.trace) return;
    const bool left_out = !value && value.error() == rule::TextError::missing;
    std::string found = missing;
    if (value)
        found = std::string(*value);
    else if (!left_out)
        found = "(sent twice, or not readable)";
    a.tools.trace->step(header.name, value || left_out, "", std::move(found), header.at);
}

} // namespace policy::narrate
