// An explanation back from its JSON: what a running gateway said, to be printed here.

#include "gateway/cli/explain_json.hpp"
#include "policy/json.hpp"

#include <string>

namespace gateway::cli {
namespace {

using policy::JsonType;
using policy::JsonValue;

std::string text_of(const JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(JsonType::string) ? std::string(member->text()) : std::string();
}

bool is_set(const JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(JsonType::boolean) && member->boolean();
}

int number_of(const JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(JsonType::number) ? static_cast<int>(member->number().integer) : 0;
}

config::Position place_of(const JsonValue& object) {
    return {number_of(object, "line"), number_of(object, "column")};
}

template <class Visit> void each(const JsonValue& object, std::string_view name, Visit visit) {
    const auto list = object.find(name);
    if (!list || !list->is(JsonType::array)) return;
    for (auto item = list->first(); item; item = item->next()) visit(*item);
}

policy::Reason reason_of(std::string_view name) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Reason::count_); ++i)
        if (policy::info(static_cast<policy::Reason>(i)).name == name)
            return static_cast<policy::Reason>(i);
    return policy::Reason::internal_error;
}

policy::Combine combine_of(std::string_view name) {
    if (name == "all") return policy::Combine::all;
    if (name == "any") return policy::Combine::any;
    return name == "none" ? policy::Combine::none : policy::Combine::leaf;
}

void read_steps(const JsonValue& object, std::vector<policy::TraceStep>& out) {
    each(object, "steps", [&](const JsonValue& item) {
        policy::TraceStep& step = out.emplace_back();
        step.what = text_of(item, "what");
        step.held = is_set(item, "held");
        step.expected = text_of(item, "expected");
        step.found = text_of(item, "found");
        step.at = place_of(item);
        step.shadow = is_set(item, "shadow");
        step.decided = is_set(item, "decided");
        step.combine = combine_of(text_of(item, "combine"));
        read_steps(item, step.steps); // depth: parse_json's
    });
}

std::vector<policy::TraceStage> read_stages(const JsonValue& object, std::string_view name) {
    std::vector<policy::TraceStage> stages;
    each(object, name, [&](const JsonValue& item) {
        policy::TraceStage& stage = stages.emplace_back();
        stage.name = text_of(item, "name");
        stage.passed = is_set(item, "passed");
        read_steps(item, stage.steps);
    });
    return stages;
}

void read_names(const JsonValue& object, std::string_view name, std::vector<std::string>& out) {
    each(object, name, [&](const JsonValue& item) { out.emplace_back(item.text()); });
}

void read_upstream(const JsonValue& object, policy::Explanation& e) {
    e.upstream = text_of(object, "name");
    e.method = text_of(object, "method");
    e.target = text_of(object, "target");
    e.authority = text_of(object, "host");
    each(object, "added", [&](const JsonValue& pair) {
        const auto name = pair.first();
        const auto value = name ? name->next() : std::nullopt;
        if (value) e.added.emplace_back(name->text(), value->text());
    });
    read_names(object, "forwarded", e.forwarded);
    read_names(object, "dropped", e.dropped);
}

} // namespace

std::optional<policy::Explanation> read_explanation(std::string_view json) {
    using Result = policy::Explanation::Result;
    // As deep as a rule can be, each level an object with a list.
    const policy::JsonLimits limits{
        .bytes = json.size(), .depth = 160, .members = 20'000, .nodes = 500'000};
    const auto document = policy::parse_json(json, limits);
    if (!document || !document->root().is(JsonType::object)) return std::nullopt;
    const JsonValue root = document->root();
    const std::string result = text_of(root, "result");
    if (result.empty()) return std::nullopt;
    policy::Explanation e;
    e.result = result == "admitted"     ? Result::admitted
               : result == "key_needed" ? Result::key_needed
                                        : Result::answered;
    e.reason = reason_of(text_of(root, "reason"));
    e.status = number_of(root, "status");
    if (const auto route = root.find("route")) {
        e.route = text_of(*route, "name");
        e.route_at = place_of(*route);
    }
    e.issuer = text_of(root, "issuer");
    e.shadow_denied = is_set(root, "shadow_denied");
    e.shadow_allowed = is_set(root, "shadow_allowed");
    read_names(root, "shadow_rules", e.shadow_rules);
    if (root.find("shadow_reason")) e.shadow_reason = reason_of(text_of(root, "shadow_reason"));
    e.stages = read_stages(root, "stages");
    e.supposed = read_stages(root, "supposed");
    each(root, "changes", [&](const JsonValue& item) {
        e.changes.push_back({text_of(item, "what"), text_of(item, "expected"),
                             text_of(item, "found"), is_set(item, "must_not"), place_of(item)});
    });
    if (const auto upstream = root.find("upstream")) read_upstream(*upstream, e);
    e.advice = text_of(root, "advice");
    return e;
}

} // namespace gateway::cli
