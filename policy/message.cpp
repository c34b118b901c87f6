#include "policy/message.hpp"

#include <algorithm>
#include <utility>

namespace policy {

namespace {

// Sorted by name, so that the order of the enumeration and of this table agree and a binary search
// finds a name.
constexpr std::pair<std::string_view, FieldId> known[] = {
    {"accept", FieldId::accept},
    {"access-control-request-headers", FieldId::access_control_request_headers},
    {"access-control-request-method", FieldId::access_control_request_method},
    {"authorization", FieldId::authorization},
    {"connection", FieldId::connection},
    {"content-length", FieldId::content_length},
    {"content-type", FieldId::content_type},
    {"cookie", FieldId::cookie},
    {"date", FieldId::date},
    {"expect", FieldId::expect},
    {"forwarded", FieldId::forwarded},
    {"host", FieldId::host},
    {"http2-settings", FieldId::http2_settings},
    {"keep-alive", FieldId::keep_alive},
    {"origin", FieldId::origin},
    {"proxy-authenticate", FieldId::proxy_authenticate},
    {"proxy-authorization", FieldId::proxy_authorization},
    {"proxy-connection", FieldId::proxy_connection},
    {"range", FieldId::range},
    {"server", FieldId::server},
    {"set-cookie", FieldId::set_cookie},
    {"te", FieldId::te},
    {"trailer", FieldId::trailer},
    {"transfer-encoding", FieldId::transfer_encoding},
    {"upgrade", FieldId::upgrade},
    {"user-agent", FieldId::user_agent},
    {"vary", FieldId::vary},
    {"via", FieldId::via},
    {"www-authenticate", FieldId::www_authenticate},
    {"x-forwarded-for", FieldId::x_forwarded_for},
    {"x-forwarded-host", FieldId::x_forwarded_host},
    {"x-forwarded-port", FieldId::x_forwarded_port},
    {"x-forwarded-proto", FieldId::x_forwarded_proto},
    {"x-request-id", FieldId::x_request_id},
};
static_assert(std::ranges::is_sorted(known, {}, [](const auto& entry) { return entry.first; }));

} // namespace

FieldId field_id(std::string_view name) {
    const auto* found =
        std::ranges::lower_bound(known, name, {}, [](const auto& entry) { return entry.first; });
    return found != std::end(known) && found->first == name ? found->second : FieldId::other;
}

const Field* FieldList::find(FieldId id) const {
    for (const Field& field : all())
        if (field.id == id && !field.dropped) return &field;
    return nullptr;
}

const Field* FieldList::find(std::string_view name) const {
    for (const Field& field : all())
        if (field.name == name && !field.dropped) return &field;
    return nullptr;
}

std::size_t FieldList::count(FieldId id) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        all(), [id](const Field& field) { return field.id == id && !field.dropped; }));
}

// Not by assignment from a fresh head: that would copy the whole field array.
void RequestHead::clear() {
    method = target = authority = {};
    minor_version = 1;
    keep_alive = true;
    expects_continue = false;
    body = {};
    fields.clear();
}

void ResponseHead::clear() {
    status = 0;
    reason = {};
    minor_version = 1;
    keep_alive = true;
    body = {};
    fields.clear();
}

bool iequals(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return to_lower(x) == to_lower(y); });
}

} // namespace policy
