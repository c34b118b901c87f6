#include "policy/rule/certificate.hpp"

#include "policy/admission.hpp"
#include "policy/client_certificate.hpp"
#include "policy/rule/describe.hpp"
#include "policy/trace.hpp"

namespace policy::rule {

namespace {

using Source = NamedMatcher::Source;

Subject text_of(const std::string& text) {
    if (text.empty()) return {};
    return {{}, std::string_view(text)};
}

Truth judge_names(const Matcher& matcher, const ClientCertificate& certificate,
                  const Admission& admission) {
    Truth result = certificate.names.empty() ? matcher.evaluate(Subject{}, admission) : Truth::no;
    for (const std::string& name : certificate.names) {
        const Truth held = matcher.evaluate(text_of(name), admission);
        if (held == Truth::yes) return held;
        if (held == Truth::broken) result = held;
    }
    return result;
}

Truth judge(const NamedMatcher& named, const ClientCertificate* certificate,
            const Admission& admission) {
    if (!certificate) return Truth::no;
    const bool is_fingerprint = named.source == Source::certificate_fingerprint;
    if (is_fingerprint ? certificate->fingerprint.empty() : !certificate->is_readable)
        return Truth::broken;
    if (named.source == Source::certificate_san)
        return judge_names(named.matcher, *certificate, admission);
    const bool subject = named.source == Source::certificate_subject;
    return named.matcher.evaluate(
        text_of(subject ? certificate->subject : certificate->fingerprint), admission);
}

std::string found_text(const NamedMatcher& named, const ClientCertificate* certificate) {
    if (!certificate) return "(no client certificate)";
    if (!certificate->is_readable && named.source != Source::certificate_fingerprint)
        return "(not readable)";
    if (named.source == Source::certificate_subject) return describe(text_of(certificate->subject));
    if (named.source == Source::certificate_fingerprint) return certificate->fingerprint;
    std::string text;
    for (const std::string& name : certificate->names)
        text += (text.empty() ? "" : ", ") + describe(text_of(name));
    return text.empty() ? "(missing)" : text;
}

/// The matcher is one step: its conditions hold for one name together, or not at all.
void narrate(const NamedMatcher& named, Truth held, const Admission& admission, Trace& trace) {
    std::string what, expected;
    for (const Matcher::Check& check : named.matcher.checks()) {
        what += (what.empty() ? "certificate." + named.settings->subject : " and") + " " +
                std::string(to_string(check.settings->op));
        expected += (expected.empty() ? "" : "; ") + describe_operands(check, admission);
    }
    trace.step(std::move(what), held == Truth::yes, std::move(expected),
               found_text(named, admission.peer.certificate), named.settings->at);
}

} // namespace

Truth judge_certificate(const Node& node, const Admission& admission, Trace* trace) {
    Truth result = Truth::yes;
    for (const NamedMatcher& named : node.matchers) {
        const Truth held = judge(named, admission.peer.certificate, admission);
        if (trace) narrate(named, held, admission, *trace);
        if (result == Truth::yes) result = held;
        if (!trace && result != Truth::yes) break;
    }
    return result;
}

} // namespace policy::rule
