// What the candidate configuration would have decided otherwise, as far as it is kept.

#include "gateway/control_state.hpp"
#include "gateway/observe/log.hpp"
#include "gateway/observe/timestamp.hpp"
#include "policy/json.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace gateway {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    if (out.back() != '{') out += ',';
    policy::append_json_string(out, name);
    out += ':';
    policy::append_json_string(out, text);
}

void append_example(std::string& out, const observe::ShadowExample& example) {
    observe::Timestamp stamp;
    out += '{';
    append_member(out, "ts", stamp.format(example.at));
    append_member(out, "verdict", to_string(example.what));
    append_member(out, "route", example.route);
    append_member(out, "rule", example.rule);
    append_member(out, "reason", policy::info(example.live).name);
    append_member(out, "candidate_reason", policy::info(example.candidate).name);
    append_member(out, "method", example.method);
    append_member(out, "path", example.path);
    append_member(out, "request_id", example.request_id);
    out += '}';
}

/// The oldest of the kind with the most examples: the last of a rare kind is not pushed out by a
/// noisy one.
std::deque<observe::ShadowExample>::const_iterator
least_needed(const std::deque<observe::ShadowExample>& examples) {
    using Kind =
        std::tuple<std::string_view, std::string_view, observe::Disagreement, policy::Reason>;
    const auto kind_of = [](const observe::ShadowExample& example) {
        return Kind(example.route, example.rule, example.what, example.candidate);
    };
    std::map<Kind, std::size_t> counts;
    std::size_t most = 0;
    for (const auto& example : examples) most = std::max(most, ++counts[kind_of(example)]);
    const auto oldest =
        std::find_if(examples.rbegin(), examples.rend(),
                     [&](const observe::ShadowExample& e) { return counts[kind_of(e)] == most; });
    return std::prev(oldest.base());
}

} // namespace

void Control::State::note_disagreement(observe::ShadowExample example) {
    log::write(log::Level::info, "shadow_disagreement", "The candidate would decide otherwise",
               {{"verdict", to_string(example.what)},
                {"route", example.route},
                {"rule", example.rule},
                {"reason", policy::info(example.live).name},
                {"candidate_reason", policy::info(example.candidate).name},
                {"request_id", example.request_id}});
    disagreements.push_front(std::move(example));
    if (disagreements.size() > most_disagreements) disagreements.erase(least_needed(disagreements));
}

admin::Response Control::State::shadow_page() const {
    admin::Response response;
    response.body = "{\"candidate\":";
    if (candidate)
        policy::append_json_string(response.body, candidate->file);
    else
        response.body += "null";
    response.body += ",\"disagreements\":[";
    for (const observe::ShadowExample& example : disagreements) {
        if (response.body.back() == '}') response.body += ',';
        append_example(response.body, example);
    }
    response.body += "]}\n";
    return response;
}

} // namespace gateway
