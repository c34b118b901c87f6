#include "gateway/cli/replay_line.hpp"

#include "gateway/cli/time.hpp"

#include <algorithm>
#include <iterator>

namespace gateway::cli {
namespace {

using policy::JsonType;
using policy::JsonValue;
using policy::record::Recorded;

/// Collects members; the first that is missing or of another type is named by error().
class Members {
public:
    explicit Members(JsonValue object) : object_(object) {}

    std::string_view text(std::string_view name, bool required = true) {
        const auto value = object_.find(name);
        if (value && value->is(JsonType::string)) return value->text();
        if (value || required) complain(name, "a text");
        return {};
    }
    bool boolean(std::string_view name) {
        const auto value = object_.find(name);
        if (value && value->is(JsonType::boolean)) return value->boolean();
        complain(name, "true or false");
        return false;
    }
    std::optional<JsonValue> optional(std::string_view name, JsonType type,
                                      std::string_view expected) {
        auto value = object_.find(name);
        if (value && !value->is(type)) complain(name, expected);
        return value && value->is(type) ? value : std::nullopt;
    }
    void complain(std::string_view name, std::string_view expected) {
        if (error_.empty()) error_ = "`" + std::string(name) + "` is not " + std::string(expected);
    }
    const std::string& error() const { return error_; }

private:
    JsonValue object_;
    std::string error_;
};

std::optional<policy::Reason> parse_reason(std::string_view name) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Reason::count_); ++i) {
        const auto reason = static_cast<policy::Reason>(i);
        if (policy::info(reason).name == name) return reason;
    }
    return std::nullopt;
}

void read_members(Members& members, Recorded& recorded) {
    if (const auto at = parse_time(members.text("ts")))
        recorded.at = *at;
    else
        members.complain("ts", "a time");
    if (const auto reason = parse_reason(members.text("reason")))
        recorded.reason = *reason;
    else
        members.complain("reason", "one that is known");
    const auto& states = policy::record::token_states;
    const auto state = std::ranges::find(states, members.text("token"));
    if (state == std::end(states)) return members.complain("token", "one that is known");
    recorded.token = static_cast<policy::record::TokenState>(state - std::begin(states));
    recorded.tls = members.boolean("tls");
    recorded.request_id = members.text("request_id");
    recorded.client = members.text("client");
    recorded.method = members.text("method");
    recorded.host = members.text("host");
    recorded.path = members.text("path");
    recorded.route = members.text("route", false);
    recorded.issuer = members.text("issuer", false);
    recorded.claims = members.optional("claims", JsonType::object, "an object");
    recorded.headers = members.optional("headers", JsonType::object, "an object");
    recorded.queries = members.optional("queries", JsonType::object, "an object");
    recorded.absent = members.optional("absent", JsonType::array, "a list");
    if (const auto type = members.optional("typ", JsonType::string, "a text"))
        recorded.type = type->text();
}

} // namespace

std::string parse_record(std::string_view line, Recorded& recorded) {
    if (line.size() > longest_record) return "the line is longer than 256 KiB";
    auto document = policy::parse_json(
        line, {.bytes = longest_record, .depth = 20, .members = 512, .nodes = 16'384});
    if (!document || !document->root().is(JsonType::object)) return "this is no JSON object";
    recorded = {};
    recorded.document = *std::move(document);
    Members members(recorded.document.root());
    const auto version = members.optional("v", JsonType::number, "a number");
    if (!version || version->text() != "1") return "this is no decision that this version can read";
    read_members(members, recorded);
    using policy::record::TokenState;
    if (recorded.token == TokenState::proven && recorded.route.size() > 0 && !recorded.claims)
        members.complain("claims", "there");
    if (!policy::parse_address(recorded.client)) members.complain("client", "an address");
    if (!recorded.path.starts_with('/') && recorded.path != "*") members.complain("path", "a path");
    return members.error();
}

} // namespace gateway::cli
