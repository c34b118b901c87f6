#pragma once

// The target's one normal form, made once: routes are matched on it, rules read it, and it is what
// goes upstream. Done: unreserved bytes decoded, escapes in upper case, bytes that may not stand
// raw encoded, `//` merged, `.` and `..` resolved. Refused, because the two ends could read it in
// two ways: an encoded slash, backslash or dot segment, a backslash, a control byte, `#`, a broken
// escape, escapes that are not UTF-8, raw bytes above 0x7E, a path that climbs above its root, and
// `;` right after a dot or nothing in a segment (`..;x`, `;x`), which servers with path parameters
// read as a dot or empty segment. Everywhere else `;` is an ordinary byte. The query is kept as
// received. Normalising a normal form changes nothing.

#include "policy/result.hpp"
#include "policy/scratch.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace policy::route {

constexpr std::size_t max_target = 8 * 1024; ///< bytes, as received and in normal form

enum class TargetError : std::uint8_t {
    not_origin_form,
    foreign_authority,
    too_long,
    fragment,
    backslash,
    control_byte,
    not_ascii,
    broken_escape,
    encoded_slash,
    encoded_backslash,
    encoded_control,
    encoded_dot_segment,
    parameter_on_dot_segment,
    above_root,
    not_utf8,
    no_room,
};

std::string_view to_string(TargetError error); ///< for people: what was found

struct Target {
    std::string_view path;  ///< begins with '/'
    std::string_view query; ///< with its '?'; empty when there is none
};

/// Origin-form, or absolute-form (http, https) whose authority is byte for byte `authority` but for
/// case (RFC 9112 3.2.2). Linear in the target's length. Views into `target` or `scratch`.
Result<Target, TargetError> normalise_target(std::string_view target, std::string_view authority,
                                             Scratch& scratch);

/// The path alone; `path` begins with '/' and holds neither '?' nor '#'. For route patterns too.
Result<std::string_view, TargetError> normalise_path(std::string_view path, Scratch& scratch);

} // namespace policy::route
