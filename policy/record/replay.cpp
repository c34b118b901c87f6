#include "policy/record/replay.hpp"

#include "policy/record/interest.hpp"
#include "policy/record/knowledge.hpp"
#include "policy/rule/place.hpp"

#include <algorithm>
#include <utility>

namespace policy::record {

namespace {

/// No token: it is refused as malformed, and stands for one whose own reason is on record.
constexpr std::string_view not_a_token = "x";

void append_json(std::string& out, const JsonValue& value) {
    switch (value.type()) {
    case JsonType::null: out += "null"; return;
    case JsonType::boolean: out += value.boolean() ? "true" : "false"; return;
    case JsonType::number: out += value.text(); return;
    case JsonType::string: return append_json_string(out, value.text());
    case JsonType::array:
    case JsonType::object: break;
    }
    const bool object = value.is(JsonType::object);
    out += object ? '{' : '[';
    for (auto child = value.first(); child; child = child->next()) {
        if (out.back() != '{' && out.back() != '[') out += ',';
        if (object) {
            append_json_string(out, child->name());
            out += ':';
        }
        append_json(out, *child);
    }
    out += object ? '}' : ']';
}

void append_encoded(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 0xf];
    }
}

/// Recorded values of query parameters as a query: an unreadable one is sent twice.
std::string write_query(const std::optional<JsonValue>& queries) {
    std::string query;
    const auto add = [&](std::string_view name, std::string_view value) {
        query += query.empty() ? '?' : '&';
        append_encoded(query, name);
        query += '=';
        append_encoded(query, value);
    };
    if (!queries) return query;
    for (auto part = queries->first(); part; part = part->next()) {
        if (part->is(JsonType::string)) add(part->name(), part->text());
        if (part->is(JsonType::array))
            for (int i = 0; i < 2; ++i) add(part->name(), "");
    }
    return query;
}

bool wants_token(const route::Route* route) {
    return route && route->settings->access != config::Access::everyone;
}

} // namespace

std::string_view Replay::keep(std::string text) {
    texts_.push_back(std::make_unique<std::string>(std::move(text)));
    return *texts_.back();
}

/// False when the record is no request.
bool Replay::build(const Recorded& recorded) {
    texts_.clear();
    head_.clear();
    token_reason_ = Reason::allowed;
    head_.method = recorded.method;
    head_.authority = recorded.host;
    head_.minor_version = recorded.host.empty() ? 0 : 1;
    head_.target = keep(std::string(recorded.path) + write_query(recorded.queries));
    if (recorded.headers)
        for (auto field = recorded.headers->first(); field; field = field->next()) {
            if (field->is(JsonType::null) || is_secret_header(field->name())) continue;
            const std::string_view value = field->is(JsonType::string) ? field->text() : "";
            for (int i = 0; i < (field->is(JsonType::array) ? 2 : 1); ++i)
                if (!head_.fields.push(field->name(), value, field_id(field->name()))) return false;
        }
    return build_token(recorded);
}

const token::Issuer* Replay::issuer_of(const Recorded& recorded) const {
    const auto told = recorded.claims ? recorded.claims->find("iss") : std::nullopt;
    if (!told || !told->is(JsonType::string)) return nullptr;
    for (const token::Issuer& issuer : rehearsal_.snapshot()->issuers())
        if (issuer.is_named(told->text())) return &issuer;
    return nullptr;
}

bool Replay::build_token(const Recorded& recorded) {
    const auto authorize = [&](std::string value) {
        return head_.fields.push("authorization", keep(std::move(value)), FieldId::authorization);
    };
    if (recorded.token == TokenState::unseen || recorded.token == TokenState::none) return true;
    if (recorded.token == TokenState::refused) {
        if (recorded.reason == Reason::bad_credentials) return authorize("Bearer not one token");
        if (recorded.reason == Reason::several_tokens)
            return authorize("Bearer x") && authorize("Bearer x");
        token_reason_ = recorded.reason;
        return authorize("Bearer " + std::string(not_a_token));
    }
    const token::Issuer* issuer = issuer_of(recorded);
    if (!issuer) {
        token_reason_ = Reason::unknown_issuer;
        return authorize("Bearer " + std::string(not_a_token));
    }
    std::string header, claims;
    if (recorded.type) {
        header = R"({"typ":)";
        append_json_string(header, *recorded.type);
        header += '}';
    }
    append_json(claims, *recorded.claims);
    const auto token = rehearsal_.sign(issuer->settings->name, header, claims);
    return token && authorize("Bearer " + *token);
}

Replay::Answered Replay::ask(const Recorded& recorded, const rule::Redactions* redactions) {
    scratch_.reset();
    for (Field& field : head_.fields.all()) field.dropped = false;
    const auto address = parse_address(recorded.client);
    const Peer peer{address.value_or(Address{}), recorded.client, recorded.tls, 0};
    Tools tools{scratch_, proofs_, false, nullptr, redactions};
    Findings findings;
    const Outcome outcome =
        admit(*rehearsal_.snapshot(), head_, peer, recorded.at, tools, findings);
    Answered answered{findings.shadow_reason, findings.route, findings.decider};
    if (const auto* answer = std::get_if<Answer>(&outcome)) answered.reason = answer->reason;
    if (answered.reason == Reason::token_malformed && token_reason_ != Reason::allowed)
        answered.reason = token_reason_;
    return answered;
}

namespace {

Change compare(Reason before, Reason after) {
    const bool was_allowed = before == Reason::allowed, is_allowed = after == Reason::allowed;
    if (was_allowed != is_allowed) return is_allowed ? Change::would_allow : Change::would_deny;
    return info(before).status == info(after).status ? Change::same : Change::other_answer;
}

} // namespace

Replayed Replay::decide(const Recorded& recorded) {
    Replayed result;
    result.route = recorded.route;
    if (info(recorded.reason).status >= 500 || !build(recorded)) {
        result.change = Change::skipped;
        return result;
    }
    Knowledge knowledge(recorded);
    const Answered answered = ask(recorded, &knowledge);
    if (answered.route) result.route = answered.route->settings->name;
    result.reason = answered.reason;
    result.decider = answered.decider;
    if (answered.route) result.place = rule::place_of(answered.route->rule, answered.decider);
    result.change = compare(recorded.reason, answered.reason);

    const bool token_unseen = recorded.token == TokenState::unseen && wants_token(answered.route);
    if (recorded.token == TokenState::proven && wants_token(answered.route))
        if (const token::Issuer* issuer = issuer_of(recorded))
            for (const auto& required : issuer->settings->required_claims)
                if (knowledge.hides_claim(required.name)) result.change = Change::unknown;
    if (token_unseen) {
        result.change = Change::unknown;
        result.missing = {"whether a token was sent: nothing looked for one"};
        return result;
    }
    if (!knowledge.missing().empty() && result.change != Change::unknown) {
        knowledge.in_favour = true;
        const Answered other = ask(recorded, &knowledge);
        if (compare(recorded.reason, other.reason) != result.change)
            result.change = Change::unknown;
    }
    if (result.change == Change::unknown) result.missing = knowledge.missing();
    return result;
}

} // namespace policy::record
