#pragma once

// Heads of requests and responses as values that no protocol shows in. HTTP/1.1 and HTTP/2 fill the
// same structs. All text is a view: into the connection's buffer, the snapshot, or the admission's
// scratch memory. A head lives as long as its exchange and is used by one thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace policy {

/// The fields that the gateway itself reads or writes; everything else is `other`.
enum class FieldId : std::uint8_t {
    other,
    accept,
    access_control_request_headers,
    access_control_request_method,
    authorization,
    connection,
    content_length,
    content_type,
    cookie,
    date,
    expect,
    forwarded,
    host,
    http2_settings,
    keep_alive,
    origin,
    proxy_authenticate,
    proxy_authorization,
    proxy_connection,
    range,
    server,
    set_cookie,
    te,
    trailer,
    transfer_encoding,
    upgrade,
    user_agent,
    vary,
    via,
    www_authenticate,
    x_forwarded_for,
    x_forwarded_host,
    x_forwarded_port,
    x_forwarded_proto,
    x_request_id
};

/// Finds the id of a name in lower case.
FieldId field_id(std::string_view lower_case_name);

struct Field {
    std::string_view name;  ///< lower case: names are case-insensitive (RFC 9110 5.1), and lower
                            ///< case is HTTP/2's form
    std::string_view value; ///< without surrounding white space
    FieldId id = FieldId::other;
    bool dropped = false; ///< not forwarded; set by the stages and by the hop-by-hop rules
};

/// The fields of one head in their order, without allocation. push() answers false when full.
class FieldList {
public:
    static constexpr std::size_t capacity = 120;

    bool push(std::string_view name, std::string_view value, FieldId id) {
        if (size_ == capacity) return false;
        fields_[size_++] = Field{name, value, id, false};
        return true;
    }
    void clear() { size_ = 0; }
    std::size_t size() const { return size_; }
    std::span<Field> all() { return {fields_.data(), size_}; }
    std::span<const Field> all() const { return {fields_.data(), size_}; }

    /// The first field of that id that was not dropped, or nullptr.
    const Field* find(FieldId id) const;
    const Field* find(std::string_view lower_case_name) const;
    std::size_t count(FieldId id) const;

private:
    std::array<Field, capacity> fields_;
    std::size_t size_ = 0;
};

/// How the body is delimited; decided once, by the parser, and re-made by the writer.
struct BodyFraming {
    enum class Kind : std::uint8_t {
        none,
        length,     ///< exactly `length` bytes
        chunked,    ///< length not known
        until_close ///< responses only
    };
    Kind kind = Kind::none;
    std::uint64_t length = 0;
};

struct RequestHead {
    std::string_view method;    ///< a token as received; methods are case-sensitive
    std::string_view target;    ///< as received: origin-form, or `*`
    std::string_view authority; ///< Host without white space, lower case; empty only in HTTP/1.0
    int minor_version = 1;      ///< of HTTP/1; HTTP/2 is 2
    bool keep_alive = true;     ///< what the client asked for
    bool expects_continue = false;
    BodyFraming body;
    FieldList fields;

    void clear();
};

struct ResponseHead {
    int status = 0;
    std::string_view reason; ///< the phrase, forwarded as it is; may be empty
    int minor_version = 1;
    bool keep_alive = true; ///< whether the upstream will keep the connection
    BodyFraming body;
    FieldList fields;

    void clear();
};

/// ASCII only; a byte outside A-Z stays as it is.
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool iequals(std::string_view a, std::string_view b);

} // namespace policy
