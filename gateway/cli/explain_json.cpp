#include "gateway/cli/explain_json.hpp"

#include "gateway/cli/json_text.hpp"

namespace gateway::cli {
namespace {

using policy::Explanation;
using policy::TraceStep;

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
        if (step.decided) out += ",\"decided\":true";
        if (step.combine == policy::Combine::any) out += ",\"combine\":\"any\"";
        if (step.combine == policy::Combine::none) out += ",\"combine\":\"none\"";
        if (step.combine == policy::Combine::all) out += ",\"combine\":\"all\"";
        if (!step.steps.empty()) append_steps(out += ",\"steps\":", step.steps);
        out += '}';
        separator = ",";
    }
    out += ']';
}

void append_stages(std::string& out, const std::vector<policy::TraceStage>& stages) {
    out += '[';
    const char* separator = "";
    for (const policy::TraceStage& stage : stages) {
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

void append_changes(std::string& out, const std::vector<policy::Change>& changes) {
    out += '[';
    const char* separator = "";
    for (const policy::Change& change : changes) {
        out += separator;
        out += "{\"what\":" + json_string(change.what);
        if (!change.expected.empty()) out += ",\"expected\":" + json_string(change.expected);
        if (!change.found.empty()) out += ",\"found\":" + json_string(change.found);
        if (change.must_not) out += ",\"must_not\":true";
        append_place(out, change.at);
        out += '}';
        separator = ",";
    }
    out += ']';
}

void append_refusal(std::string& out, const Explanation& e) {
    if (!e.supposed.empty()) append_stages(out += ",\"supposed\":", e.supposed);
    if (!e.changes.empty()) append_changes(out += ",\"changes\":", e.changes);
    if (!e.advice.empty()) out += ",\"advice\":" + json_string(e.advice);
}

} // namespace

std::string explanation_json(const Explanation& e) {
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
    append_stages(out += ",\"stages\":", e.stages);
    if (e.result == Explanation::Result::admitted) append_upstream(out, e);
    append_refusal(out, e);
    return out + '}';
}

std::string token_json(const Explanation& e) {
    const bool is_valid = e.reason == policy::Reason::allowed;
    std::string out = is_valid ? "{\"valid\":true" : "{\"valid\":false";
    out += ",\"reason\":" + json_string(policy::info(e.reason).name);
    if (!e.issuer.empty()) out += ",\"issuer\":" + json_string(e.issuer);
    append_stages(out += ",\"stages\":", e.stages);
    append_refusal(out, e);
    return out + '}';
}

} // namespace gateway::cli
