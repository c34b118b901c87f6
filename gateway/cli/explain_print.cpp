#include "gateway/cli/explain_print.hpp"

#include "gateway/cli/explain_json.hpp"
#include "gateway/cli/printable.hpp"

#include <ostream>

namespace gateway::cli {
namespace {

using policy::Explanation;
using policy::TraceStep;

std::string mark(bool held, bool shadow, const Console& console) {
    if (held) return console.paint(Colour::green, "✓");
    return shadow ? console.paint(Colour::yellow, "~") : console.paint(Colour::red, "✗");
}

/// "ada" where nothing was asked for; "ada, wants bob" where it held; "wants bob, has ada" where
/// not.
std::string details(const TraceStep& step) {
    const std::string wants = step.expected.empty() ? "" : "wants " + printable(step.expected);
    const std::string found = printable(step.found);
    std::string text = wants.empty() || found.empty() ? wants + found
                       : step.held                    ? found + ", " + wants
                                                      : wants + ", has " + found;
    if (step.shadow)
        text += text.empty() ? "shadow: decides nothing" : " (shadow: decides nothing)";
    return text;
}

void print_steps(const std::vector<TraceStep>& steps, std::size_t depth, Console& console) {
    for (const TraceStep& step : steps) {
        console.out << std::string(2 * depth, ' ') << mark(step.held, step.shadow, console) << ' '
                    << printable(step.what);
        const std::string text = details(step);
        if (!text.empty()) console.out << "  " << text;
        if (step.at.line > 0)
            console.out << "  "
                        << console.paint(Colour::dim, "line " + std::to_string(step.at.line));
        if (step.decided) console.out << console.paint(Colour::bold, "  <- decided");
        console.out << '\n';
        print_steps(step.steps, depth + 1, console);
    }
}

void print_names(std::string_view what, const std::vector<std::string>& names, Console& console) {
    if (names.empty()) return;
    console.out << "  " << what;
    const char* separator = "";
    for (const std::string& name : names) {
        console.out << separator << printable(name);
        separator = ", ";
    }
    console.out << '\n';
}

void print_verdict(const Explanation& e, Console& console) {
    if (e.result == Explanation::Result::admitted) {
        console.out << console.paint(Colour::green, "Allowed") << " on route " << printable(e.route)
                    << ": " << printable(e.method) << ' ' << printable(e.target)
                    << " goes to upstream " << e.upstream << '\n';
        for (const auto& [name, value] : e.added)
            console.out << "  with      " << name << ": " << printable(value) << '\n';
        print_names("passed on ", e.forwarded, console);
        print_names("held back ", e.dropped, console);
        return;
    }
    if (e.result == Explanation::Result::key_needed) return print_key_needed(e, console);
    console.out << (is_good(e) ? console.paint(Colour::green, "Answered")
                               : console.paint(Colour::red, "Denied"))
                << " with " << e.status << ": " << policy::info(e.reason).name << '\n';
    if (!e.advice.empty()) console.out << "  " << printable(e.advice) << '\n';
}

void print_shadows(const Explanation& e, Console& console) {
    if (e.shadow_reason != policy::Reason::allowed)
        console.out << console.paint(Colour::yellow, "This route is in shadow mode: it would be " +
                                                         std::string(info(e.shadow_reason).name))
                    << '\n';
    if (!e.shadow_denied && !e.shadow_allowed) return;
    std::string text = "With the rules in shadow mode it would be ";
    text += e.shadow_denied ? "denied:" : "allowed:";
    for (const std::string& rule : e.shadow_rules) text += ' ' + rule;
    console.out << console.paint(Colour::yellow, text) << '\n';
}

/// "needs orders:read, has profile"
std::string describe(const policy::Change& change) {
    const std::string found = printable(change.found);
    std::string text = printable(change.what);
    if (change.must_not)
        text += " must not hold: " + printable(change.expected);
    else if (!change.expected.empty())
        text += " must be: " + printable(change.expected);
    else
        text += " must hold";
    if (!found.empty()) text += ", and is: " + found;
    return text;
}

void print_changes(const std::vector<policy::Change>& changes, Console& console) {
    if (changes.empty()) return;
    console.out << console.paint(Colour::bold, "To be allowed:") << '\n';
    for (const policy::Change& change : changes) {
        console.out << "  - " << describe(change);
        if (change.at.line > 0)
            console.out << "  "
                        << console.paint(Colour::dim, "line " + std::to_string(change.at.line));
        console.out << '\n';
    }
}

} // namespace

bool is_good(const Explanation& e) {
    if (e.result == Explanation::Result::admitted) return true;
    return e.result == Explanation::Result::answered && e.status < 400;
}

void print_key_needed(const Explanation& e, Console& console) {
    console.out << console.paint(Colour::yellow, "Not known")
                << ": the signature needs keys of issuer " << e.issuer
                << " that are not here; give them with --jwks " << e.issuer
                << "=FILE, or ask a running gateway, which fetches them\n";
}

void print_stages(const std::vector<policy::TraceStage>& stages, Console& console) {
    for (const policy::TraceStage& stage : stages) {
        console.out << mark(stage.passed, false, console) << ' '
                    << console.paint(Colour::bold, stage.name) << '\n';
        print_steps(stage.steps, 2, console);
    }
}

void print_refusal(const Explanation& e, Console& console) {
    print_changes(e.changes, console);
    if (e.supposed.empty()) return;
    console.out << '\n'
                << console.paint(Colour::yellow,
                                 e.reason == policy::Reason::token_missing
                                     ? "What would be asked of a token:"
                                     : "Not believed, and not part of the verdict; if the token "
                                       "were good:")
                << '\n';
    print_stages(e.supposed, console);
}

void print_for_people(const Explanation& e, Console& console) {
    print_stages(e.stages, console);
    console.out << '\n';
    print_verdict(e, console);
    print_shadows(e, console);
    print_refusal(e, console);
}

void print_for_programs(const Explanation& e, Console& console) {
    console.out << explanation_json(e) << '\n';
}

} // namespace gateway::cli
