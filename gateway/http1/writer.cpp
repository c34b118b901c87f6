#include "gateway/http1/writer.hpp"

#include "gateway/http1/syntax.hpp"

#include <algorithm>
#include <charconv>

namespace gateway::http1 {

namespace {

using policy::BodyFraming;

/// What only the writer itself may say. By name, since an id is only as good as who set it.
bool is_ours(std::string_view name) {
    switch (name.size()) {
    case 4: return policy::iequals(name, "host");
    case 10: return policy::iequals(name, "connection");
    case 14: return policy::iequals(name, "content-length");
    case 17: return policy::iequals(name, "transfer-encoding");
    default: return false;
    }
}

/// White space around a value belongs to the line, not to the value: a reader would take it off.
bool is_field_value(std::string_view value) {
    if (has_control(value)) return false;
    return value.empty() || (!is_blank(value.front()) && !is_blank(value.back()));
}

bool write_field(HeadBuffer& out, std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_field_value(value)) return false;
    out.append(name);
    out.append(": ");
    out.append(value);
    out.append("\r\n");
    return true;
}

bool write_fields(HeadBuffer& out, const policy::FieldList& fields,
                  std::span<const ExtraField> extra) {
    for (const policy::Field& field : fields.all()) {
        if (field.dropped || is_ours(field.name)) continue;
        if (!write_field(out, field.name, field.value)) return false;
    }
    return std::ranges::all_of(extra, [&out](const ExtraField& field) {
        return !is_ours(field.name) && write_field(out, field.name, field.value);
    });
}

void write_length(HeadBuffer& out, std::uint64_t length) {
    out.append("content-length: ");
    out.append(length);
    out.append("\r\n");
}

void write_chunked(HeadBuffer& out) { out.append("transfer-encoding: chunked\r\n"); }

bool is_path(std::string_view path) {
    if (path != "*" && !path.starts_with('/')) return false;
    return is_visible(path) && path.find('#') == path.npos && path.find('?') == path.npos;
}

bool is_query(std::string_view query) {
    if (query.empty()) return true;
    return query[0] == '?' && is_visible(query) && query.find('#') == query.npos;
}

bool write_request(HeadBuffer& out, std::string_view method, std::string_view path,
                   std::string_view query, std::string_view host, const policy::FieldList& fields,
                   std::span<const ExtraField> extra, const BodyFraming& body) {
    if (!is_token(method) || !is_path(path) || !is_query(query) || !is_authority(host))
        return false;
    if (body.kind == BodyFraming::Kind::until_close) return false;
    out.append(method);
    out.append(" ");
    out.append(path);
    out.append(query);
    out.append(" HTTP/1.1\r\nhost: ");
    out.append(host);
    out.append("\r\n");
    if (!write_fields(out, fields, extra)) return false;
    if (body.kind == BodyFraming::Kind::length) write_length(out, body.length);
    if (body.kind == BodyFraming::Kind::chunked) write_chunked(out);
    out.append("\r\n");
    return true;
}

/// RFC 9110 8.6, RFC 9112 6.1: neither length nor coding with these, whatever the caller thinks.
bool is_bodiless(int status) { return status < 200 || status == 204 || status == 304; }

void write_response_framing(HeadBuffer& out, int status, const BodyFraming& body, bool head_only) {
    if (is_bodiless(status)) return;
    switch (body.kind) {
    case BodyFraming::Kind::length: return write_length(out, body.length);
    case BodyFraming::Kind::none:
        if (!head_only)
            write_length(out, 0); // else the client would wait for the end of the connection
        return;
    case BodyFraming::Kind::chunked:
        if (!head_only) write_chunked(out);
        return;
    case BodyFraming::Kind::until_close: return;
    }
}

struct ResponseShape {
    int client_minor_version;
    bool keep_alive, head_only;
};

bool may_answer(const policy::ResponseHead& head, const BodyFraming& body,
                const ResponseShape& shape) {
    if (head.status < 100 || head.status > 599 || has_control(head.reason)) return false;
    if (shape.head_only) return true;
    const bool has_body = body.kind != BodyFraming::Kind::none &&
                          !(body.kind == BodyFraming::Kind::length && body.length == 0);
    if (is_bodiless(head.status) && has_body) return false;
    if (body.kind == BodyFraming::Kind::chunked) return shape.client_minor_version >= 1;
    return body.kind != BodyFraming::Kind::until_close || !shape.keep_alive;
}

bool write_response(HeadBuffer& out, const policy::ResponseHead& head,
                    std::span<const ExtraField> extra, const BodyFraming& body,
                    const ResponseShape& shape) {
    if (!may_answer(head, body, shape)) return false;
    out.append("HTTP/1.1 ");
    out.append(static_cast<std::uint64_t>(head.status));
    out.append(" ");
    out.append(head.reason);
    out.append("\r\n");
    if (!write_fields(out, head.fields, extra)) return false;
    write_response_framing(out, head.status, body, shape.head_only);
    if (!shape.keep_alive)
        out.append("connection: close\r\n");
    else if (shape.client_minor_version == 0)
        out.append("connection: keep-alive\r\n");
    out.append("\r\n");
    return true;
}

} // namespace

void HeadBuffer::append(std::string_view text) {
    if (bytes_.size() - size_ < text.size())
        bytes_.resize(std::max({bytes_.size() * 2, size_ + text.size(), std::size_t{4096}}));
    std::copy(text.begin(), text.end(), bytes_.data() + size_);
    size_ += text.size();
}

void HeadBuffer::append(std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    append({digits, static_cast<std::size_t>(end - digits)});
}

bool write_request_head(HeadBuffer& out, std::string_view method, std::string_view path,
                        std::string_view query, std::string_view host,
                        const policy::FieldList& fields, std::span<const ExtraField> extra,
                        const BodyFraming& body) {
    out.clear();
    if (write_request(out, method, path, query, host, fields, extra, body)) return true;
    out.clear();
    return false;
}

bool write_response_head(HeadBuffer& out, const policy::ResponseHead& head,
                         std::span<const ExtraField> extra, const BodyFraming& body,
                         int client_minor_version, bool keep_alive, bool head_only) {
    out.clear();
    const ResponseShape shape{client_minor_version, keep_alive, head_only};
    if (write_response(out, head, extra, body, shape)) return true;
    out.clear();
    return false;
}

std::string_view write_chunk_size(std::span<char> memory, std::size_t size) {
    char* const end = std::to_chars(memory.data(), memory.data() + memory.size(), size, 16).ptr;
    return {memory.data(), static_cast<std::size_t>(std::copy_n("\r\n", 2, end) - memory.data())};
}

} // namespace gateway::http1
