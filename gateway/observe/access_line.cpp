#include "gateway/observe/access_line.hpp"

#include "policy/json.hpp"

#include <algorithm>
#include <charconv>

namespace gateway::observe {
namespace {

/// Printable ASCII that stands in a JSON string, and in a terminal, as it is.
bool is_plain(std::string_view text) {
    bool plain = true;
    for (const char c : text) plain &= c >= ' ' && c <= '~' && c != '"' && c != '\\';
    return plain;
}

void append_text(std::string& out, std::string_view text) {
    text = text.substr(0, longest_access_text);
    if (is_plain(text))
        out.append(1, '"').append(text).append(1, '"');
    else
        policy::append_json_string(out, text);
}

template <class Number> void append_number(std::string& out, Number value) {
    char text[24];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

/// Milliseconds with three decimals: 12.042.
void append_ms(std::string& out, std::chrono::microseconds duration) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    append_number(out, us / 1000);
    const auto rest = static_cast<unsigned>(us % 1000);
    const char digits[4] = {'.', static_cast<char>('0' + rest / 100),
                            static_cast<char>('0' + rest / 10 % 10),
                            static_cast<char>('0' + rest % 10)};
    out.append(digits, sizeof digits);
}

/// `key` holds the comma, the quoted name and the colon.
void member(std::string& out, std::string_view key, std::string_view text) {
    out += key;
    append_text(out, text);
}

void optional_member(std::string& out, std::string_view key, std::string_view text) {
    if (!text.empty()) member(out, key, text);
}

constexpr std::string_view not_shown = "\"(not shown)\"";

void append_json_number(std::string& out, std::string_view as_written) {
    constexpr std::size_t longest = 64;
    out += as_written.size() <= longest ? as_written : not_shown;
}

/// Scalars and arrays of scalars as JSON; anything deeper is not for a log line.
void append_value(std::string& out, policy::JsonValue value) {
    switch (value.type()) {
    case policy::JsonType::null: out += "null"; return;
    case policy::JsonType::boolean: out += value.boolean() ? "true" : "false"; return;
    case policy::JsonType::number: return append_json_number(out, value.text());
    case policy::JsonType::string: append_text(out, value.text()); return;
    case policy::JsonType::array:
    case policy::JsonType::object: out += not_shown; return;
    }
}

void append_claim(std::string& out, policy::JsonValue value) {
    constexpr std::size_t most_elements = 16;
    if (!value.is(policy::JsonType::array)) return append_value(out, value);
    out += '[';
    std::size_t count = 0;
    for (auto element = value.first(); element && count < most_elements; element = element->next())
        append_value(out += count++ > 0 ? "," : "", *element);
    out += ']';
}

std::optional<policy::JsonValue> find_claim(const policy::token::Proof& proof,
                                            const policy::rule::ClaimPath& path) {
    std::optional<policy::JsonValue> value = proof.claims.document.root();
    for (const std::string& step : path.steps) {
        if (!value) break;
        value = value->find(step);
    }
    return value;
}

void append_token(std::string& out, const AccessRecord& record,
                  std::span<const policy::rule::ClaimPath> paths) {
    const policy::token::Proof& proof = *record.proof;
    member(out, ",\"issuer\":", proof.issuer_name);
    optional_member(out, ",\"sub\":", proof.claims.subject.value_or(""));
    optional_member(out, ",\"jti\":", proof.claims.id.value_or(""));
    optional_member(out, ",\"client_id\":", proof.claims.client.value_or(""));
    out += record.proof_cached ? ",\"proof\":\"cached\"" : ",\"proof\":\"fresh\"";
    std::string_view before = ",\"claims\":{";
    for (const auto& path : paths) {
        const auto value = find_claim(proof, path);
        if (!value) continue;
        out += before;
        append_text(out, path.text);
        out += ':';
        append_claim(out, *value);
        before = ",";
    }
    if (before == ",") out += '}';
}

void append_request(std::string& out, const AccessRecord& record) {
    optional_member(out, ",\"request_id\":", record.request_id);
    member(out, ",\"client_ip\":", record.client);
    member(out, ",\"method\":", record.method);
    member(out, ",\"host\":", record.host);
    member(out, ",\"path\":", record.path);
    out += record.minor_version == 0 ? ",\"protocol\":\"HTTP/1.0\"" : ",\"protocol\":\"HTTP/1.1\"";
    out += record.tls ? ",\"tls\":true" : ",\"tls\":false";
}

void append_outcome(std::string& out, const AccessRecord& record) {
    append_number(out += ",\"status\":", record.status);
    member(out, ",\"reason\":", policy::info(record.reason).name);
    optional_member(out, ",\"route\":", record.route);
    optional_member(out, ",\"upstream\":", record.upstream);
    optional_member(out, ",\"upstream_addr\":", record.target);
    append_number(out += ",\"bytes_in\":", record.bytes_in);
    append_number(out += ",\"bytes_out\":", record.bytes_out);
    append_ms(out += ",\"duration_ms\":", record.duration);
    if (record.upstream_duration.count() > 0)
        append_ms(out += ",\"upstream_ms\":", record.upstream_duration);
    if (record.shadow_denied) out += ",\"shadow_denied\":true";
}

/// A field of a text line: no blank may come from outside, so it is quoted when it is not one plain
/// word.
void append_word(std::string& out, std::string_view text) {
    out += ' ';
    if (text.empty())
        out += '-';
    else if (text.size() <= longest_access_text && is_plain(text) &&
             text.find(' ') == std::string_view::npos)
        out += text;
    else
        append_text(out, text);
}

} // namespace

void append_access_json(std::string& out, const AccessRecord& record,
                        std::span<const policy::rule::ClaimPath> claims, Timestamp& stamp) {
    out.append("{\"ts\":\"").append(stamp.format(record.started)).append(1, '"');
    append_request(out, record);
    append_outcome(out, record);
    if (record.proof)
        append_token(out, record, claims);
    else
        out += ",\"proof\":\"none\"";
    out += "}\n";
}

void append_access_text(std::string& out, const AccessRecord& record, Timestamp& stamp) {
    out += stamp.format(record.started);
    append_word(out, record.client);
    append_word(out, record.method);
    append_word(out, record.host);
    append_word(out, record.path);
    append_number(out += ' ', record.status);
    append_word(out, policy::info(record.reason).name);
    append_word(out, record.route);
    append_word(out, record.target);
    append_word(out, record.proof ? record.proof->claims.subject.value_or("") : "");
    append_number(out += ' ', record.bytes_in);
    append_number(out += ' ', record.bytes_out);
    append_ms(out += ' ', record.duration);
    append_word(out, record.request_id);
    out += '\n';
}

} // namespace gateway::observe
