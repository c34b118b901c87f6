#pragma once

// One value of a request by name: what `header.NAME` and `query.NAME` stand for.

#include "policy/message.hpp"
#include "policy/result.hpp"
#include "policy/scratch.hpp"

#include <cstdint>
#include <string_view>

namespace policy::rule {

/// Why a text has no value.
enum class TextError : std::uint8_t {
    missing,
    unfit, ///< it is there, but could be read in two ways: sent twice, a broken escape, ',' in a
           ///< list's element
    no_room,
};

using Value = Result<std::string_view, TextError>;

/// Fields that were dropped are missing. `name` is in lower case.
Value find_header(const FieldList& fields, std::string_view name);

/// `query` with its '?' or empty. Names and values are decoded as forms are (percent, '+' is a
/// space).
Value find_query(std::string_view query, std::string_view name, Scratch& scratch);

} // namespace policy::rule
