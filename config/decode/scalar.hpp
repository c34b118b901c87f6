#pragma once

// The texts of single values: numbers, durations, sizes. Own strict readers: no octal, no sign
// games, no rounding.

#include "config/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace config::decode {

/// `-?(0|[1-9][0-9]*)` that fits.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// A decimal number with a fraction or an exponent, as JSON writes it, and finite.
std::optional<double> parse_decimal(std::string_view text);

/// A whole number and a unit: ms, s, m, h or d. At most ten years.
std::optional<Duration> parse_duration(std::string_view text);

/// A whole number of bytes, alone or with B, KiB, MiB or GiB.
std::optional<std::size_t> parse_size(std::string_view text);

std::string duration_text(Duration duration); ///< in the largest unit that divides it
std::string size_text(std::size_t bytes);

/// What a plain scalar means inside a matcher. `why` and `hint` are set when its meaning is open to
/// doubt (yes, 010, .inf): then it must be quoted or written another way.
std::optional<Scalar> parse_plain(std::string_view text, Position at, std::string& why,
                                  std::string& hint);

} // namespace config::decode
