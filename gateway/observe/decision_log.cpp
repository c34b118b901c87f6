#include "gateway/observe/decision_log.hpp"

#include "gateway/observe/log_ring.hpp"
#include "policy/rule/request_value.hpp"

#include <algorithm>
#include <optional>

namespace gateway::observe {

namespace {

using policy::JsonType;
using policy::JsonValue;
using policy::record::ClaimTree;

bool has_clear(const ClaimTree& tree) {
    return tree.clear || std::ranges::any_of(tree.children, has_clear);
}

} // namespace

std::string_view DecisionLine::json(const DecisionRecord& record) {
    line_.clear();
    scratch_.reset();
    line_.append("{\"v\":1,\"ts\":\"");
    line_.append(stamp_.format(record.at));
    line_.append('"');
    member(",\"request_id\":", record.request_id);
    member(",\"client\":", record.client);
    line_.append(record.tls ? ",\"tls\":true" : ",\"tls\":false");
    member(",\"method\":", record.method);
    member(",\"host\":", record.host);
    member(",\"path\":", record.path);
    if (!record.route.empty()) member(",\"route\":", record.route);
    member(",\"reason\":", policy::info(record.reason).name);
    member(",\"token\":", to_string(record.token));
    if (record.interest) {
        if (record.proof) append_claims(record);
        append_headers(record);
        append_queries(record);
    }
    line_.append("}\n");
    return line_.view();
}

// ---------------------------------------------------------------- claims

void DecisionLine::append_claims(const DecisionRecord& record) {
    absent_.clear();
    pointer_.clear();
    member(",\"issuer\":", record.proof->issuer_name);
    if (record.proof->header.type) member(",\"typ\":", *record.proof->header.type);
    line_.append(",\"claims\":");
    append_members(record.proof->claims.document.root(), record.interest->claims);
    if (absent_.view().empty()) return;
    line_.append(",\"absent\":[");
    line_.append(absent_.view());
    line_.append(']');
}

void DecisionLine::append_members(JsonValue object, const ClaimTree& tree) {
    const std::size_t above = pointer_.size();
    std::string_view before = "{";
    for (const ClaimTree& child : tree.children) {
        const auto value = object.find(child.name);
        if (!value && above == 0 && policy::record::is_always_recorded(child.name)) continue;
        pointer_ += '/';
        for (const char c : child.name) // RFC 6901 3
            if (c == '~' || c == '/')
                pointer_ += c == '~' ? "~0" : "~1";
            else
                pointer_ += c;
        if (value) {
            line_.append(before);
            before = ",";
            append_text(child.name);
            line_.append(':');
            append_node(*value, child, false);
        } else {
            append_absent(pointer_);
        }
        pointer_.resize(above);
    }
    line_.append(before == "{" ? "{}" : "}");
}

void DecisionLine::append_node(JsonValue value, const ClaimTree& tree, bool clear) {
    if (!tree.whole && value.is(JsonType::object)) return append_members(value, tree);
    // A JSON Pointer may go into an array, by an index that may be another one tomorrow.
    const bool inside = !tree.whole && value.is(JsonType::array) && has_clear(tree);
    append_value(value, &tree, clear || tree.clear || inside);
}

void DecisionLine::append_value(JsonValue value, const ClaimTree* tree, bool clear) {
    constexpr std::size_t longest_number = 64;
    switch (value.type()) {
    case JsonType::null: return line_.append("null");
    case JsonType::boolean: return line_.append(value.boolean() ? "true" : "false");
    case JsonType::number:
        if (value.text().size() <= longest_number) return line_.append(value.text());
        return append_digest(value.text());
    case JsonType::string:
        clear |=
            tree && std::ranges::find(tree->clear_texts, value.text()) != tree->clear_texts.end();
        return clear ? append_text(value.text()) : append_digest(value.text());
    case JsonType::array:
    case JsonType::object: return append_children(value, tree, clear);
    }
}

/// As deep as parse_json() lets a token be.
void DecisionLine::append_children(JsonValue value, const ClaimTree* tree, bool clear) {
    const bool object = value.is(JsonType::object);
    line_.append(object ? '{' : '[');
    bool first = true;
    for (auto child = value.first(); child; child = child->next()) {
        if (!first) line_.append(',');
        first = false;
        const ClaimTree* below = nullptr;
        if (object) {
            below = tree ? tree->find(child->name()) : nullptr;
            append_text(child->name());
            line_.append(':');
        }
        append_value(*child, below, clear || (below && below->clear));
    }
    line_.append(object ? '}' : ']');
}

void DecisionLine::append_absent(std::string_view pointer) {
    if (!absent_.view().empty()) absent_.append(',');
    escaped_.clear();
    policy::append_json_string(escaped_, pointer);
    absent_.append(escaped_);
}

// ---------------------------------------------------------------- the request

void DecisionLine::append_headers(const DecisionRecord& record) {
    if (record.interest->headers.empty()) return;
    std::string_view before = ",\"headers\":{";
    for (const auto& part : record.interest->headers) {
        line_.append(before);
        before = ",";
        append_part(part, policy::rule::find_header(*record.fields, part.name),
                    policy::record::is_secret_header(part.name));
    }
    line_.append('}');
}

void DecisionLine::append_queries(const DecisionRecord& record) {
    if (record.interest->queries.empty()) return;
    std::string_view before = ",\"queries\":{";
    for (const auto& part : record.interest->queries) {
        line_.append(before);
        before = ",";
        append_part(part, policy::rule::find_query(record.query, part.name, scratch_),
                    policy::record::is_secret_query(part.name));
    }
    line_.append('}');
}

/// null: missing; an empty list: there, but not readable in one way only.
void DecisionLine::append_part(const policy::record::NamedPart& part,
                               const policy::rule::Value& value, bool secret) {
    append_text(part.name);
    line_.append(':');
    if (!value)
        line_.append(value.error() == policy::rule::TextError::missing ? "null" : "[]");
    else if (secret)
        line_.append("\"~\"");
    else if (part.clear)
        append_text(*value);
    else
        append_digest(*value);
}

// ---------------------------------------------------------------- pieces

void DecisionLine::append_text(std::string_view text) {
    if (text.size() > longest_text) return append_digest(text);
    if (is_plain(text)) {
        line_.append('"');
        line_.append(text);
        line_.append('"');
        return;
    }
    escaped_.clear();
    policy::append_json_string(escaped_, text);
    line_.append(escaped_);
}

void DecisionLine::append_digest(std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    const std::uint64_t digest = policy::token::siphash(key_, text);
    char out[19] = {'"', '~'};
    for (unsigned i = 0; i < 16; ++i) out[2 + i] = hex[digest >> (60 - 4 * i) & 0xf];
    out[18] = '"';
    line_.append({out, sizeof out});
}

void DecisionLine::member(std::string_view key, std::string_view text) {
    line_.append(key);
    append_text(text);
}

// ---------------------------------------------------------------- the logger

DecisionLogger::DecisionLogger(std::shared_ptr<LogRing> ring, policy::token::SipHashKey key)
    : ring_(std::move(ring)), line_(ring_ ? std::make_unique<DecisionLine>(key) : nullptr) {}

DecisionLogger::~DecisionLogger() = default;

bool DecisionLogger::write(const DecisionRecord& record) {
    return ring_->push(line_->json(record));
}

} // namespace gateway::observe
