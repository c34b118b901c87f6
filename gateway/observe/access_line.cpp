#include "gateway/observe/access_line.hpp"

#include <algorithm>
#include <optional>

namespace gateway::observe {
namespace {

std::optional<policy::JsonValue> find_claim(const policy::token::Proof& proof,
                                            const policy::rule::ClaimPath& path) {
    std::optional<policy::JsonValue> value = proof.claims.document.root();
    for (const std::string& step : path.steps) {
        if (!value) break;
        value = value->find(step);
    }
    return value;
}

} // namespace

std::string_view AccessLine::json(const AccessRecord& record,
                                  std::span<const policy::rule::ClaimPath> claims) {
    line_.clear();
    line_.append("{\"ts\":\"");
    line_.append(stamp_.format(record.started));
    line_.append('"');
    append_request(record);
    append_outcome(record);
    if (record.proof)
        append_token(record, claims);
    else
        line_.append(",\"proof\":\"none\"");
    line_.append("}\n");
    return line_.view();
}

std::string_view AccessLine::text(const AccessRecord& record) {
    line_.clear();
    line_.append(stamp_.format(record.started));
    for (const auto word : {record.client, record.method, record.host, record.path})
        append_word(word);
    line_.append(' ');
    line_.append_number(record.status);
    const auto subject =
        record.proof ? record.proof->claims.subject.value_or("") : std::string_view();
    for (const auto word : {policy::info(record.reason).name, record.route, record.target, subject})
        append_word(word);
    line_.append(' ');
    line_.append_number(record.bytes_in);
    line_.append(' ');
    line_.append_number(record.bytes_out);
    line_.append(' ');
    append_ms(record.duration);
    append_word(record.request_id);
    line_.append('\n');
    return line_.view();
}

void AccessLine::append_request(const AccessRecord& record) {
    optional_member(",\"request_id\":", record.request_id);
    member(",\"client_ip\":", record.client);
    member(",\"method\":", record.method);
    member(",\"host\":", record.host);
    member(",\"path\":", record.path);
    line_.append(record.minor_version == 0 ? ",\"protocol\":\"HTTP/1.0\""
                                           : ",\"protocol\":\"HTTP/1.1\"");
    line_.append(record.tls ? ",\"tls\":true" : ",\"tls\":false");
}

void AccessLine::append_outcome(const AccessRecord& record) {
    line_.append(",\"status\":");
    line_.append_number(record.status);
    member(",\"reason\":", policy::info(record.reason).name);
    optional_member(",\"route\":", record.route);
    optional_member(",\"upstream\":", record.upstream);
    optional_member(",\"upstream_addr\":", record.target);
    line_.append(",\"bytes_in\":");
    line_.append_number(record.bytes_in);
    line_.append(",\"bytes_out\":");
    line_.append_number(record.bytes_out);
    line_.append(",\"duration_ms\":");
    append_ms(record.duration);
    if (record.upstream_duration.count() > 0) {
        line_.append(",\"upstream_ms\":");
        append_ms(record.upstream_duration);
    }
    append_shadow(record);
}

void AccessLine::append_shadow(const AccessRecord& record) {
    if (record.shadow_reason != policy::Reason::allowed)
        member(",\"shadow_reason\":", policy::info(record.shadow_reason).name);
    if (!record.shadow_denied && !record.shadow_allowed) return;
    line_.append(record.shadow_denied ? ",\"shadow_denied\":true" : ",\"shadow_allowed\":true");
    std::string_view before = ",\"shadow_rules\":[";
    for (std::size_t i = 0; i < record.shadow_names.size(); ++i) {
        if ((record.shadow_rules >> i & 1) == 0) continue;
        line_.append(before);
        append_text(record.shadow_names[i]);
        before = ",";
    }
    if (before == ",") line_.append(']');
}

void AccessLine::append_token(const AccessRecord& record,
                              std::span<const policy::rule::ClaimPath> paths) {
    const policy::token::Proof& proof = *record.proof;
    member(",\"issuer\":", proof.issuer_name);
    optional_member(",\"sub\":", proof.claims.subject.value_or(""));
    optional_member(",\"jti\":", proof.claims.id.value_or(""));
    optional_member(",\"client_id\":", proof.claims.client.value_or(""));
    line_.append(record.proof_cached ? ",\"proof\":\"cached\"" : ",\"proof\":\"fresh\"");
    std::string_view before = ",\"claims\":{";
    for (const auto& path : paths) {
        const auto value = find_claim(proof, path);
        if (!value) continue;
        line_.append(before);
        append_text(path.text);
        line_.append(':');
        append_claim(*value);
        before = ",";
    }
    if (before == ",") line_.append('}');
}

/// Scalars and arrays of scalars; anything deeper is not for a log line.
void AccessLine::append_claim(policy::JsonValue value) {
    constexpr std::size_t most_elements = 16;
    if (!value.is(policy::JsonType::array)) return append_scalar(value);
    line_.append('[');
    std::size_t count = 0;
    for (auto element = value.first(); element && count < most_elements;
         element = element->next()) {
        if (count++ > 0) line_.append(',');
        append_scalar(*element);
    }
    line_.append(']');
}

void AccessLine::append_scalar(policy::JsonValue value) {
    constexpr std::size_t longest_number = 64;
    constexpr std::string_view not_shown = "\"(not shown)\"";
    switch (value.type()) {
    case policy::JsonType::null: return line_.append("null");
    case policy::JsonType::boolean: return line_.append(value.boolean() ? "true" : "false");
    case policy::JsonType::number:
        return line_.append(value.text().size() <= longest_number ? value.text() : not_shown);
    case policy::JsonType::string: return append_text(value.text());
    case policy::JsonType::array:
    case policy::JsonType::object: return line_.append(not_shown);
    }
}

// ---------------------------------------------------------------- pieces

void AccessLine::append_text(std::string_view text) {
    text = text.substr(0, longest_text);
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

/// A field of a text line: no blank may come from outside, so it is quoted when it is not one plain
/// word.
void AccessLine::append_word(std::string_view text) {
    line_.append(' ');
    if (text.empty())
        line_.append('-');
    else if (text.size() <= longest_text && is_plain(text) &&
             text.find(' ') == std::string_view::npos)
        line_.append(text);
    else
        append_text(text);
}

/// Milliseconds with three decimals: 12.042.
void AccessLine::append_ms(std::chrono::microseconds duration) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    const auto rest = static_cast<unsigned>(us % 1000);
    const char decimals[4] = {'.', static_cast<char>('0' + rest / 100),
                              static_cast<char>('0' + rest / 10 % 10),
                              static_cast<char>('0' + rest % 10)};
    line_.append_number(us / 1000);
    line_.append({decimals, sizeof decimals});
}

void AccessLine::member(std::string_view key, std::string_view text) {
    line_.append(key);
    append_text(text);
}

void AccessLine::optional_member(std::string_view key, std::string_view text) {
    if (!text.empty()) member(key, text);
}

} // namespace gateway::observe
