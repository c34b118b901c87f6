#pragma once

// The path of a route: literal segments, {name}, {name:int}, {name:uuid}, and at the end perhaps
// `**`.

#include "config/error.hpp"
#include "config/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy::route {

struct Segment {
    /// In the order in which they are tried: the most specific first. `rest` is everything below,
    /// also nothing.
    enum class Kind : std::uint8_t { literal, uuid, integer, plain, rest };
    Kind kind = Kind::literal;
    std::string text; ///< literal: in normal form; empty after a trailing slash
};

struct Pattern {
    std::vector<Segment> segments;
    std::vector<std::string> parameters;
};

/// At most 64 segments and 16 parameters. Literals are brought to normal form as targets are.
/// Nothing after an error, which is added to `problems`.
std::optional<Pattern> parse_pattern(const config::Route& route, const std::string& file,
                                     config::Problems& problems);

/// `-` or nothing, then 1 to 18 digits: what fits 64 bits in every language.
bool is_integer(std::string_view segment);
/// RFC 9562 4: 8-4-4-4-12 hexadecimal digits in either case.
bool is_uuid(std::string_view segment);

} // namespace policy::route
