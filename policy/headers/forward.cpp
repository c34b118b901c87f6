#include "policy/headers/forward.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace policy::headers {

namespace {

/// More names than this in Connection is no honest client: then everything that it could name is
/// dropped.
constexpr std::size_t max_named = 64;

bool is_hop_by_hop(FieldId id) {
    switch (id) {
    case FieldId::connection:
    case FieldId::http2_settings:
    case FieldId::keep_alive:
    case FieldId::proxy_authenticate:
    case FieldId::proxy_authorization:
    case FieldId::proxy_connection:
    case FieldId::te:
    case FieldId::trailer:
    case FieldId::transfer_encoding:
    case FieldId::upgrade: return true;
    default: return false;
    }
}

bool is_out_of_reach(const Field& field) {
    return field.id == FieldId::host || field.id == FieldId::content_length ||
           field.name.starts_with("x-forwarded-");
}

std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

void drop_named(FieldList& fields, std::string_view name) {
    for (Field& field : fields.all())
        if (iequals(field.name, name) && !is_out_of_reach(field)) field.dropped = true;
}

/// What the Connection fields name (RFC 9110 7.6.1); bounded by max_named searches of the head.
void drop_named_by_connection(FieldList& fields) {
    std::size_t named = 0;
    for (const Field& field : std::as_const(fields).all()) {
        if (field.id != FieldId::connection) continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view name = trim(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (name.empty()) continue;
            if (++named > max_named) {
                for (Field& any : fields.all()) any.dropped |= !is_out_of_reach(any);
                return;
            }
            drop_named(fields, name);
        }
    }
}

void drop_all_hop_by_hop(FieldList& fields) {
    drop_named_by_connection(fields);
    for (Field& field : fields.all()) field.dropped |= is_hop_by_hop(field.id);
}

constexpr std::array<std::string_view, 14> overriding = {
    "forwarded",        "x-envoy-original-path",  "x-forwarded-method",
    "x-forwarded-path", "x-forwarded-uri",        "x-host",
    "x-http-method",    "x-http-method-override", "x-method-override",
    "x-original-host",  "x-original-method",      "x-original-uri",
    "x-original-url",   "x-rewrite-url"};
static_assert(std::ranges::is_sorted(overriding));

constexpr std::array<std::string_view, 9> from_trusted_only = {
    "cf-connecting-ip", "fastly-client-ip",    "true-client-ip",           "via",
    "x-client-ip",      "x-cluster-client-ip", "x-envoy-external-address", "x-real-ip",
    "x-request-id"};
static_assert(std::ranges::is_sorted(from_trusted_only));

} // namespace

void drop_hop_by_hop(RequestHead& head) {
    drop_all_hop_by_hop(head.fields);
    for (Field& field : head.fields.all()) field.dropped |= field.id == FieldId::expect;
}

void drop_hop_by_hop(ResponseHead& head) { drop_all_hop_by_hop(head.fields); }

void drop_claims_about_request(RequestHead& head, bool trusted) {
    for (Field& field : head.fields.all()) {
        if (std::ranges::binary_search(overriding, field.name)) field.dropped = true;
        if (trusted) continue;
        field.dropped |= field.name.starts_with("x-forwarded-") ||
                         std::ranges::binary_search(from_trusted_only, field.name);
    }
}

} // namespace policy::headers
