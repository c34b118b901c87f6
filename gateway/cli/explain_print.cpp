#include "gateway/cli/explain_print.hpp"

#include "gateway/cli/json_text.hpp"
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
    if (e.result == Explanation::Result::key_needed) {
        console.out << console.paint(Colour::yellow, "Not known")
                    << ": the signature needs keys of issuer " << e.issuer
                    << " that are not here; give them with --jwks " << e.issuer << "=FILE\n";
        return;
    }
    console.out << (is_good(e) ? console.paint(Colour::green, "Answered")
                               : console.paint(Colour::red, "Denied"))
                << " with " << e.status << ": " << policy::info(e.reason).name << '\n';
    if (!e.advice.empty()) console.out << "  " << printable(e.advice) << '\n';
}

void append_place(std::string& out, config::Position at) {
    if (at.line == 0) return;
    out += ",\"line\":" + std::to_string(at.line) + ",\"column\":" + std::to_string(at.column);
}

void append_steps(std::string& out, const std::vector<TraceStep>& steps) {
    out += '[';
    const char* separator = "";
    for (const TraceStep& step : steps) {
        out += separator;
        out +=
            "{\"what\":" + json_string(step.what) + ",\"held\":" + (step.held ? "true" : "false");
        if (!step.expected.empty()) out += ",\"expected\":" + json_string(step.expected);
        if (!step.found.empty()) out += ",\"found\":" + json_string(step.found);
        append_place(out, step.at);
        if (step.shadow) out += ",\"shadow\":true";
        if (!step.steps.empty()) append_steps(out += ",\"steps\":", step.steps);
        out += '}';
        separator = ",";
    }
    out += ']';
}

void append_stages(std::string& out, const Explanation& e) {
    out += ",\"stages\":[";
    const char* separator = "";
    for (const policy::TraceStage& stage : e.stages) {
        out += separator;
        out += "{\"name\":" + json_string(stage.name) +
               ",\"passed\":" + (stage.passed ? "true" : "false") + ",\"steps\":";
        append_steps(out, stage.steps);
        out += '}';
        separator = ",";
    }
    out += ']';
}

void append_names(std::string& out, const std::vector<std::string>& names) {
    out += '[';
    const char* separator = "";
    for (const std::string& name : names) {
        out += separator + json_string(name);
        separator = ",";
    }
    out += ']';
}

void append_upstream(std::string& out, const Explanation& e) {
    out += ",\"upstream\":{\"name\":" + json_string(e.upstream) +
           ",\"method\":" + json_string(e.method) + ",\"target\":" + json_string(e.target) +
           ",\"host\":" + json_string(e.authority) + ",\"added\":[";
    const char* separator = "";
    for (const auto& [name, value] : e.added) {
        out += separator;
        out += '[' + json_string(name) + ',' + json_string(value) + ']';
        separator = ",";
    }
    append_names(out += "],\"forwarded\":", e.forwarded);
    append_names(out += ",\"dropped\":", e.dropped);
    out += '}';
}

std::string_view name_of(Explanation::Result result) {
    switch (result) {
    case Explanation::Result::admitted: return "admitted";
    case Explanation::Result::answered: return "answered";
    case Explanation::Result::key_needed: return "key_needed";
    }
    return "";
}

/// What rules and a route in shadow mode would have changed.
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

void append_shadows(std::string& out, const Explanation& e) {
    if (e.shadow_reason != policy::Reason::allowed)
        out += ",\"shadow_reason\":\"" + std::string(info(e.shadow_reason).name) + '"';
    if (!e.shadow_denied && !e.shadow_allowed) return;
    out += e.shadow_denied ? ",\"shadow_denied\":true" : ",\"shadow_allowed\":true";
    out += ",\"shadow_rules\":[";
    for (std::size_t i = 0; i < e.shadow_rules.size(); ++i)
        out += (i == 0 ? "" : ",") + json_string(e.shadow_rules[i]);
    out += ']';
}

} // namespace

bool is_good(const Explanation& e) {
    if (e.result == Explanation::Result::admitted) return true;
    return e.result == Explanation::Result::answered && e.status < 400;
}

void print_for_people(const Explanation& e, Console& console) {
    for (const policy::TraceStage& stage : e.stages) {
        console.out << mark(stage.passed, false, console) << ' '
                    << console.paint(Colour::bold, stage.name) << '\n';
        print_steps(stage.steps, 2, console);
    }
    console.out << '\n';
    print_verdict(e, console);
    print_shadows(e, console);
}

void print_for_programs(const Explanation& e, Console& console) {
    std::string out = "{\"result\":\"" + std::string(name_of(e.result)) + "\",\"reason\":\"" +
                      std::string(policy::info(e.reason).name) + '"';
    if (e.status != 0) out += ",\"status\":" + std::to_string(e.status);
    if (!e.route.empty()) {
        out += ",\"route\":{\"name\":" + json_string(e.route);
        append_place(out, e.route_at);
        out += '}';
    }
    if (!e.issuer.empty()) out += ",\"issuer\":" + json_string(e.issuer);
    append_shadows(out, e);
    append_stages(out, e);
    if (e.result == Explanation::Result::admitted) append_upstream(out, e);
    if (!e.advice.empty()) out += ",\"advice\":" + json_string(e.advice);
    console.out << out << "}\n";
}

} // namespace gateway::cli
