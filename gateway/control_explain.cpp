// POST /explain: why a request would be let through or not, decided by the configuration in force
// and the keys of this moment. What it is asked about stays here: nothing is logged or kept.

#include "gateway/cli/explain_json.hpp"
#include "gateway/cli/explain_request.hpp"
#include "gateway/cli/time.hpp"
#include "gateway/control_state.hpp"
#include "policy/json.hpp"

#include <algorithm>
#include <sstream>

namespace gateway {
namespace {

using policy::JsonType;

struct Question {
    cli::RequestOptions request;
    std::string at;
    std::string problem; ///< why it is none; empty: it is one
};

std::string* member_of(Question& question, std::string_view name) {
    if (name == "method") return &question.request.method;
    if (name == "path") return &question.request.path;
    if (name == "host") return &question.request.host;
    if (name == "client") return &question.request.client;
    return name == "at" ? &question.at : nullptr;
}

void read_headers(const policy::JsonValue& list, Question& question) {
    if (!list.is(JsonType::array)) question.problem = "`headers` wants a list of 'Name: value'";
    for (auto item = list.first(); item && question.problem.empty(); item = item->next()) {
        if (!item->is(JsonType::string)) question.problem = "a header wants 'Name: value'";
        question.request.headers.emplace_back(item->text());
    }
}

/// A member of the body. A token becomes the header that it would come in: as an option it could
/// name a file.
void read_member(const policy::JsonValue& member, Question& question) {
    const std::string name(member.name());
    if (name == "headers") return read_headers(member, question);
    if (!member.is(JsonType::string)) {
        question.problem = "`" + name + "` wants a string";
        return;
    }
    if (name == "token") {
        if (!member.text().empty())
            question.request.headers.push_back("Authorization: Bearer " +
                                               std::string(member.text()));
    } else if (std::string* text = member_of(question, name)) {
        *text = member.text();
    } else {
        question.problem = "there is no `" + name + "`";
    }
}

Question read_question(std::string_view body) {
    Question question;
    const auto document = policy::parse_json(body, {.bytes = admin::Endpoint::most_body});
    if (!document || !document->root().is(JsonType::object)) {
        question.problem = "a JSON object is expected";
        return question;
    }
    for (auto member = document->root().first(); member && question.problem.empty();
         member = member->next())
        read_member(*member, question);
    return question;
}

} // namespace

const policy::Snapshot* Control::State::own_snapshot() {
    config::Problems problems;
    if (!explained) explained = policy::Snapshot::compile(model, keeper.material(), problems);
    return explained.get();
}

void Control::State::want_keys_of(std::string_view issuer) {
    const auto& all = model->issuers;
    const auto found = std::ranges::find(all, issuer, &config::Issuer::name);
    if (found != all.end()) keeper.want(static_cast<std::size_t>(found - all.begin()));
}

admin::Response Control::State::explain_page(const admin::Request& request) {
    Question question = read_question(request.body);
    if (!question.problem.empty()) return admin::refuse(400, "bad request", question.problem);
    const auto now = question.at.empty() ? clock.wall() : cli::parse_time(question.at);
    if (!now) return admin::refuse(400, "bad request", "`at` wants 2026-11-24T08:00:00Z");
    cli::ExplainedRequest asked;
    std::istringstream in;
    std::ostringstream out;
    cli::Console console{in, out, out};
    question.problem = asked.build(question.request, *model, console);
    if (!question.problem.empty()) return admin::refuse(400, "bad request", question.problem);
    const policy::Snapshot* const snapshot = own_snapshot();
    if (!snapshot) return admin::refuse(500, "internal error");
    const policy::Explanation explanation = cli::explain_request(*snapshot, asked, *now);
    if (explanation.result == policy::Explanation::Result::key_needed)
        want_keys_of(explanation.issuer); // as a request would have: the next answer knows
    admin::Response response;
    response.body = cli::explanation_json(explanation) + '\n';
    return response;
}

} // namespace gateway
