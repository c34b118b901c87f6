#include "gateway/http1/framing.hpp"

#include "gateway/http1/syntax.hpp"

#include <algorithm>

namespace gateway::http1 {

using policy::BodyFraming;
using policy::FieldId;

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<std::uint64_t> parse_content_length(std::string_view value) {
    if (value.empty() || value.size() > 18 || !std::ranges::all_of(value, is_digit)) return {};
    if (value.size() > 1 && value[0] == '0') return {};
    std::uint64_t length = 0;
    for (char c : value) length = length * 10 + static_cast<std::uint64_t>(c - '0');
    return length;
}

bool Framing::take(const policy::Field& field) {
    switch (field.id) {
    case FieldId::content_length:
        if (length_) return false;
        length_ = parse_content_length(field.value);
        return length_.has_value();
    case FieldId::transfer_encoding:
        if (chunked_) return false;
        chunked_ = policy::iequals(field.value, "chunked");
        return chunked_;
    case FieldId::connection: return take_connection(field.value);
    default: return true;
    }
}

bool Framing::take_connection(std::string_view list) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view option = trim(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (option.empty()) continue; // RFC 9110 5.6.1.2: empty elements are ignored
        if (!is_token(option)) return false;
        close_ = close_ || policy::iequals(option, "close");
        keep_alive_ = keep_alive_ || policy::iequals(option, "keep-alive");
    }
    return true;
}

std::optional<BodyFraming> Framing::body(int minor_version, BodyFraming::Kind otherwise) const {
    // A coding together with a length, or in HTTP/1.0, is how requests are smuggled (RFC 9112 6.1).
    if (chunked_ && (length_ || minor_version == 0)) return {};
    if (chunked_) return BodyFraming{BodyFraming::Kind::chunked, 0};
    if (length_) return BodyFraming{BodyFraming::Kind::length, *length_};
    return BodyFraming{otherwise, 0};
}

bool Framing::keep_alive(int minor_version) const {
    return !close_ && (minor_version >= 1 || keep_alive_);
}

} // namespace gateway::http1
