#include "policy/route/path.hpp"

#include "policy/message.hpp"
#include "policy/route/percent.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace policy::route {

namespace {

enum class ByteClass : std::uint8_t { refused, plain, encode };

constexpr auto classes = [] {
    std::array<ByteClass, 256> table{}; // controls, space, backslash, '#', '%' and all above 0x7E
    for (unsigned c = 0; c < 0x7f; ++c)
        if (is_unreserved(static_cast<unsigned char>(c))) table[c] = ByteClass::plain;
    for (const char c : {'!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', ':', '@', '/'})
        table[static_cast<unsigned char>(c)] = ByteClass::plain;
    // Not allowed raw by RFC 3986, but sent by browsers. There is only one other way to write them,
    // and we choose it.
    for (const char c : {'"', '<', '>', '[', ']', '^', '`', '{', '|', '}'})
        table[static_cast<unsigned char>(c)] = ByteClass::encode;
    return table;
}();

ByteClass class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

/// Nothing to decode, encode, merge or resolve: most paths.
bool is_normal(std::string_view path) {
    char previous = 0;
    for (const char c : path) {
        if (class_of(c) != ByteClass::plain) return false;
        if (previous == '/' && (c == '/' || c == '.' || c == ';')) return false;
        previous = c;
    }
    return true;
}

TargetError why_refused(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') return TargetError::backslash;
    if (c == '#') return TargetError::fragment;
    return byte > 0x7f ? TargetError::not_ascii : TargetError::control_byte;
}

/// Writes a normal path segment by segment; `out_` ends with '/' whenever a segment begins.
class PathWriter {
public:
    explicit PathWriter(char* memory) : out_(memory) { out_[size_++] = '/'; }

    std::optional<TargetError> add(std::string_view segment, bool last);
    std::string_view path() const { return {out_, size_}; }

private:
    std::optional<TargetError> write(std::string_view segment);
    std::optional<TargetError> write_escape(int byte);
    std::optional<TargetError> close(std::size_t start, bool last);

    void put_escaped(unsigned char byte) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        out_[size_++] = '%';
        out_[size_++] = digits[byte >> 4];
        out_[size_++] = digits[byte & 15];
    }

    char* out_;
    std::size_t size_ = 0;
    bool decoded_dot_ = false;
    Utf8Checker utf8_;
};

std::optional<TargetError> PathWriter::add(std::string_view segment, bool last) {
    const std::size_t start = size_;
    decoded_dot_ = false;
    if (const auto error = write(segment)) return error;
    return close(start, last);
}

std::optional<TargetError> PathWriter::write(std::string_view segment) {
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const char c = segment[i];
        if (c == '%') {
            if (const auto error = write_escape(parse_escape(segment, i))) return error;
            i += 2;
            continue;
        }
        if (!utf8_.is_complete()) return TargetError::not_utf8;
        switch (class_of(c)) {
        case ByteClass::plain: out_[size_++] = c; break;
        case ByteClass::encode: put_escaped(static_cast<unsigned char>(c)); break;
        case ByteClass::refused: return why_refused(c);
        }
    }
    if (!utf8_.is_complete()) return TargetError::not_utf8;
    return {};
}

std::optional<TargetError> PathWriter::write_escape(int byte) {
    if (byte < 0) return TargetError::broken_escape;
    if (byte < 0x20 || byte == 0x7f) return TargetError::encoded_control;
    if (byte == '/') return TargetError::encoded_slash;
    if (byte == '\\') return TargetError::encoded_backslash;
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80 && !utf8_.is_complete()) return TargetError::not_utf8;
    if (!utf8_.feed(c)) return TargetError::not_utf8;
    if (is_unreserved(c)) {
        decoded_dot_ |= c == '.';
        out_[size_++] = static_cast<char>(c);
    } else {
        put_escaped(c);
    }
    return {};
}

std::optional<TargetError> PathWriter::close(std::size_t start, bool last) {
    const std::string_view segment{out_ + start, size_ - start};
    const std::size_t parameters = std::min(segment.find(';'), segment.find("%3B"));
    const std::string_view name = segment.substr(0, parameters);
    const bool dots = name == "." || name == "..";
    if (parameters != segment.npos && (dots || name.empty()))
        return TargetError::parameter_on_dot_segment;
    if (dots && decoded_dot_) return TargetError::encoded_dot_segment;
    if (!dots) {
        if (!segment.empty() && !last) out_[size_++] = '/';
        return {};
    }
    const bool parent = name == "..";
    size_ = start;
    if (!parent) return {};
    if (size_ == 1) return TargetError::above_root;
    do --size_;
    while (out_[size_ - 1] != '/');
    return {};
}

bool is_http(std::string_view scheme) {
    return iequals(scheme, "http") || iequals(scheme, "https");
}

} // namespace

Result<std::string_view, TargetError> normalise_path(std::string_view path, Scratch& scratch) {
    if (path.size() > max_target) return TargetError::too_long;
    if (is_normal(path)) return path;
    char* const memory = scratch.allocate(3 * path.size() + 1);
    if (!memory) return TargetError::no_room;
    PathWriter writer(memory);
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const bool last = end == path.size();
        if (const auto error = writer.add(path.substr(at, end - at), last)) return *error;
        at = end + 1;
    }
    if (writer.path().size() > max_target) return TargetError::too_long;
    return writer.path();
}

Result<Target, TargetError> normalise_target(std::string_view target, std::string_view authority,
                                             Scratch& scratch) {
    if (target.size() > max_target) return TargetError::too_long;
    if (!target.starts_with('/')) {
        const std::size_t colon = target.find("://");
        if (colon == target.npos || !is_http(target.substr(0, colon)))
            return TargetError::not_origin_form;
        target.remove_prefix(colon + 3);
        const std::size_t end = std::min(target.find_first_of("/?#"), target.size());
        const std::string_view named = target.substr(0, end);
        if (named.empty() || !iequals(named, authority)) return TargetError::foreign_authority;
        target.remove_prefix(end);
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view query = target.substr(mark);
    for (const char c : query) {
        if (c == '#') return TargetError::fragment;
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return TargetError::control_byte;
        if (static_cast<unsigned char>(c) > 0x7f) return TargetError::not_ascii;
    }
    const std::string_view raw = mark == 0 ? "/" : target.substr(0, mark);
    if (raw.front() != '/') return TargetError::fragment; // http://host#fragment
    const auto path = normalise_path(raw, scratch);
    if (!path) return path.error();
    if (path->size() + query.size() > max_target) return TargetError::too_long;
    return Target{*path, query};
}

std::string_view to_string(TargetError error) {
    switch (error) {
    case TargetError::not_origin_form: return "not a path that begins with '/'";
    case TargetError::foreign_authority: return "an absolute target for another host";
    case TargetError::too_long: return "more than 8 KiB";
    case TargetError::fragment: return "a '#'";
    case TargetError::backslash: return "a backslash";
    case TargetError::control_byte: return "a space or control byte";
    case TargetError::not_ascii: return "a byte above 0x7F that is not percent-encoded";
    case TargetError::broken_escape: return "a '%' without two hexadecimal digits";
    case TargetError::encoded_slash: return "an encoded slash";
    case TargetError::encoded_backslash: return "an encoded backslash";
    case TargetError::encoded_control: return "an encoded control byte";
    case TargetError::encoded_dot_segment: return "an encoded dot segment";
    case TargetError::parameter_on_dot_segment: return "a ';' on a dot segment or an empty one";
    case TargetError::above_root: return "a path that climbs above its root";
    case TargetError::not_utf8: return "escapes that are not UTF-8";
    case TargetError::no_room: return "more than this request's memory holds";
    }
    return "";
}

} // namespace policy::route
