#include "policy/headers/forwarded.hpp"

#include "policy/headers/value.hpp"
#include "policy/route/host.hpp"

#include <algorithm>
#include <utility>

namespace policy::headers {

namespace {

constexpr std::size_t max_chain = 2048;

/// The value of the only field of that id; empty when there is none, or several that could
/// disagree.
std::string_view only_value(const FieldList& fields, FieldId id) {
    return fields.count(id) == 1 ? fields.find(id)->value : std::string_view{};
}

/// The chain of a trusted proxy and then the peer; the peer alone where there is none, or one that
/// is too long to believe or that no header may carry. data() is nullptr when there is no room.
std::string_view continue_chain(Admission& a) {
    const std::string_view peer = a.peer.text;
    std::size_t size = peer.size();
    for (const Field& field : std::as_const(a.head.fields).all()) {
        if (field.id != FieldId::x_forwarded_for) continue;
        if (!is_forwardable(field.value)) return peer;
        size += field.value.size() + 2;
    }
    if (size == peer.size() || size > max_chain) return peer;
    char* const memory = a.tools.scratch.allocate(size);
    if (!memory) return {};
    char* out = memory;
    for (const Field& field : std::as_const(a.head.fields).all()) {
        if (field.id != FieldId::x_forwarded_for) continue;
        out = std::ranges::copy(field.value, out).out;
        out = std::ranges::copy(std::string_view(", "), out).out;
    }
    std::ranges::copy(peer, out);
    return {memory, size};
}

std::string_view scheme(const Admission& a, bool trusted) {
    if (trusted) {
        const std::string_view told = only_value(a.head.fields, FieldId::x_forwarded_proto);
        if (iequals(told, "https")) return "https";
        if (iequals(told, "http")) return "http";
    }
    return a.peer.tls ? "https" : "http";
}

std::string_view host(Admission& a, bool trusted) {
    if (trusted) {
        const std::string_view told = only_value(a.head.fields, FieldId::x_forwarded_host);
        if (route::parse_authority(told, a.peer.tls, a.tools.scratch)) return told;
    }
    return a.authority;
}

std::string_view port(const Admission& a, bool trusted) {
    if (!trusted) return {};
    const std::string_view told = only_value(a.head.fields, FieldId::x_forwarded_port);
    return told.size() <= 5 && told.find_first_not_of("0123456789") == told.npos
               ? told
               : std::string_view{};
}

bool is_ours(FieldId id) {
    return id == FieldId::x_forwarded_for || id == FieldId::x_forwarded_host ||
           id == FieldId::x_forwarded_port || id == FieldId::x_forwarded_proto;
}

} // namespace

bool add_forwarded(Admission& a, bool trusted) {
    const std::string_view chain = trusted ? continue_chain(a) : a.peer.text;
    if (!chain.data()) return false;
    bool added = a.add("x-forwarded-for", chain);
    added &= a.add("x-forwarded-proto", scheme(a, trusted));
    if (const auto text = host(a, trusted); !text.empty()) added &= a.add("x-forwarded-host", text);
    if (const auto text = port(a, trusted); !text.empty()) added &= a.add("x-forwarded-port", text);
    for (Field& field : a.head.fields.all()) field.dropped |= is_ours(field.id);
    return added;
}

} // namespace policy::headers
