#pragma once

// Fields for the tables of keys: each reads one member into one field of a struct, and says what it
// takes.

#include "config/decode/decoder.hpp"

namespace config::decode {

// Bounds of durations, in milliseconds.
constexpr std::int64_t one_second = 1000;
constexpr std::int64_t one_minute = 60 * one_second;
constexpr std::int64_t one_hour = 60 * one_minute;
constexpr std::int64_t one_day = 24 * one_hour;

template <class Field> struct FieldTraits;
template <class T, class F> struct FieldTraits<F T::*> { using Struct = T; };
template <auto field> using StructOf = typename FieldTraits<decltype(field)>::Struct;

template <auto field> void read_text(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (auto value = decoder.text(member.value)) out.*field = std::move(*value);
}

template <auto field>
void read_texts(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (auto value = decoder.texts(member.value)) out.*field = std::move(*value);
}

/// One text, or a list of them.
template <auto field>
void read_text_or_texts(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (member.value.kind == NodeKind::sequence) return read_texts<field>(decoder, member, out);
    if (auto value = decoder.text(member.value, "a string or a list of strings"))
        out.*field = {std::move(*value)};
}

template <auto field>
void read_boolean(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (const auto value = decoder.boolean(member.value)) out.*field = *value;
}

template <auto field, std::int64_t least, std::int64_t most>
void read_count(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (const auto value = decoder.integer(member.value, least, most))
        out.*field = static_cast<std::size_t>(*value);
}

template <auto field, std::size_t least, std::size_t most>
void read_size(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (const auto value = decoder.size(member.value, least, most)) out.*field = *value;
}

template <auto field, std::int64_t least, std::int64_t most>
void read_duration(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (const auto value = decoder.duration(member.value, Duration(least), Duration(most)))
        out.*field = *value;
}

template <auto field>
void read_readable_file(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (auto value = decoder.readable_file(member.value)) out.*field = std::move(*value);
}

template <auto field> void read_path(Decoder& decoder, const Member& member, StructOf<field>& out) {
    if (auto value = decoder.path(member.value)) out.*field = std::move(*value);
}

template <auto field>
inline constexpr Field<StructOf<field>> as_text{read_text<field>, shape::text};

template <auto field>
inline constexpr Field<StructOf<field>> as_texts{read_texts<field>, shape::texts};

template <auto field>
inline constexpr Field<StructOf<field>> as_text_or_texts{read_text_or_texts<field>,
                                                         shape::text_or_texts};

template <auto field>
inline constexpr Field<StructOf<field>> as_boolean{read_boolean<field>, shape::boolean};

template <auto field, std::int64_t least, std::int64_t most>
inline constexpr Field<StructOf<field>> as_count{read_count<field, least, most>,
                                                 shape::integer(least, most)};

template <auto field, std::size_t least, std::size_t most>
inline constexpr Field<StructOf<field>> as_size{read_size<field, least, most>,
                                                shape::size(least, most)};

template <auto field, std::int64_t least, std::int64_t most>
inline constexpr Field<StructOf<field>> as_duration{read_duration<field, least, most>,
                                                    shape::duration(least, most)};

template <auto field>
inline constexpr Field<StructOf<field>> as_readable_file{read_readable_file<field>, shape::text};

template <auto field>
inline constexpr Field<StructOf<field>> as_path{read_path<field>, shape::text};

} // namespace config::decode
