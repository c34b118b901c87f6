#pragma once

// What a reader takes, as data: said beside the reader in the table of keys, and printed as JSON
// Schema by config/schema.cpp.
//
// A shape never refuses what its reader takes; what it cannot say (a cross-check, a range of
// durations) is left to `claimgate check`. Shapes are constants that point at other constants, so
// one that has parts is made of shapes with a name.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace config::decode {

struct Table;

struct Shape {
    enum class Kind {
        text,     ///< any scalar: a plain number is read as the text that it is
        form,     ///< a text that no number or boolean can be
        boolean,  ///< true or false
        integer,  ///< from `least` to `most`
        number,   ///< whole or decimal
        duration, ///< from `least` to `most` milliseconds
        size,     ///< from `least` to `most` bytes
        scalar,   ///< text, number, boolean or null, and the type counts
        any,      ///< whatever JSON can hold
        word,     ///< one of `words`
        list,     ///< at least one `parts[0]`
        map,      ///< names to `parts[0]`
        mapping,  ///< the keys of `table`
        either    ///< one of `parts`
    };

    Kind kind;
    std::int64_t least = 0; ///< of a map: names
    std::int64_t most = 0;
    std::string_view pattern = {}; ///< of a text, or of a map's names; ECMA 262
    std::span<const std::string_view> words = {};
    bool distinct = false; ///< a list with nothing twice
    std::array<const Shape*, 3> parts = {};
    Table (*table)() = nullptr; ///< a function, for a rule holds rules
};

enum class Need {
    optional,
    required,
    later ///< known, but not part of this version: the error says so plainly, the schema nothing
};

/// A key as the schema shows it.
struct KeyFacts {
    std::string_view name;
    Need need = Need::optional;
    Shape shape;
    std::string_view description; ///< what an editor shows: one line, no full stop
};

/// The keys of one kind of mapping.
struct Table {
    std::string_view name; ///< of its definition in the schema
    std::size_t size = 0;
    KeyFacts (*key)(std::size_t index) = nullptr;
    std::size_t least = 0; ///< keys that must be there, whichever they are
};

namespace shape {

inline constexpr Shape text{.kind = Shape::Kind::text};
inline constexpr Shape boolean{.kind = Shape::Kind::boolean};
inline constexpr Shape number{.kind = Shape::Kind::number};
inline constexpr Shape scalar{.kind = Shape::Kind::scalar};
inline constexpr Shape any{.kind = Shape::Kind::any};

constexpr Shape text_like(std::string_view pattern) {
    return {.kind = Shape::Kind::text, .pattern = pattern};
}

/// A pattern that holds a mark, such as `/` or `:`, so that a number is always a mistake.
constexpr Shape form(std::string_view pattern) {
    return {.kind = Shape::Kind::form, .pattern = pattern};
}

constexpr Shape integer(std::int64_t least, std::int64_t most) {
    return {.kind = Shape::Kind::integer, .least = least, .most = most};
}

constexpr Shape duration(std::int64_t least, std::int64_t most) {
    return {.kind = Shape::Kind::duration, .least = least, .most = most};
}

constexpr Shape size(std::size_t least, std::size_t most) {
    return {.kind = Shape::Kind::size,
            .least = static_cast<std::int64_t>(least),
            .most = static_cast<std::int64_t>(most)};
}

constexpr Shape word(std::span<const std::string_view> words) {
    return {.kind = Shape::Kind::word, .words = words};
}

constexpr Shape list_of(const Shape& item) { return {.kind = Shape::Kind::list, .parts = {&item}}; }

/// What Decoder::texts() reads.
constexpr Shape texts_of(const Shape& item) {
    return {.kind = Shape::Kind::list, .distinct = true, .parts = {&item}};
}

inline constexpr Shape texts = texts_of(text);
inline constexpr Shape text_or_texts{.kind = Shape::Kind::either, .parts = {&text, &texts}};

constexpr Shape map_of(const Shape& value, std::string_view names, std::int64_t least = 0) {
    return {.kind = Shape::Kind::map, .least = least, .pattern = names, .parts = {&value}};
}

constexpr Shape mapping(Table (*table)()) { return {.kind = Shape::Kind::mapping, .table = table}; }

constexpr Shape either(const Shape& first, const Shape& second) {
    return {.kind = Shape::Kind::either, .parts = {&first, &second}};
}

constexpr Shape either(const Shape& first, const Shape& second, const Shape& third) {
    return {.kind = Shape::Kind::either, .parts = {&first, &second, &third}};
}

} // namespace shape
} // namespace config::decode
