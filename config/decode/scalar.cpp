#include "config/decode/scalar.hpp"

#include "config/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace config::decode {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - begin;
}

template <class Number> std::optional<Number> convert(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

// From the largest, so that texts are written in the largest that divides.
constexpr std::array time_units = {Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
                                   Unit{"s", 1000}, Unit{"ms", 1}};
constexpr std::array size_units = {Unit{"GiB", 1 << 30}, Unit{"MiB", 1 << 20}, Unit{"KiB", 1 << 10},
                                   Unit{"B", 1}};

std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const Unit> units,
                                            std::int64_t most) {
    const std::size_t digits = digits_at(text, 0);
    const std::optional<std::int64_t> number = parse_integer(text.substr(0, digits));
    const std::string_view name = text.substr(digits);
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == name; });
    if (!number || unit == units.end() || *number > most / unit->factor) return std::nullopt;
    return *number * unit->factor;
}

std::string with_unit(std::int64_t value, std::span<const Unit> units, std::string_view space) {
    for (const Unit& unit : units)
        if (value != 0 && value % unit.factor == 0)
            return std::to_string(value / unit.factor) + std::string(space) +
                   std::string(unit.name);
    return std::to_string(value) + std::string(space) + std::string(units.back().name);
}

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// Something that another YAML reader, or a person, takes for a number, and that we do not.
bool looks_like_number(std::string_view text) {
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (is_any_of(lower_case(text), {".inf", ".nan"})) return true;
    if (text.starts_with("0x") || text.starts_with("0o") || text.starts_with("0b"))
        return text.size() > 2 && std::all_of(text.begin() + 2, text.end(), [](char c) {
                   return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
               });
    const std::size_t whole = digits_at(text, 0);
    std::size_t end = whole;
    std::size_t fraction = 0;
    if (end < text.size() && text[end] == '.') {
        fraction = digits_at(text, end + 1);
        end += 1 + fraction;
    }
    if (whole + fraction == 0) return false;
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        ++end;
        if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
        end += digits_at(text, end);
    }
    return end == text.size();
}

} // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const std::size_t digits = digits_at(text, sign);
    if (digits == 0 || sign + digits != text.size()) return std::nullopt;
    if (text[sign] == '0' && (digits > 1 || sign == 1)) return std::nullopt;
    return convert<std::int64_t>(text);
}

std::optional<double> parse_decimal(std::string_view text) {
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digits_at(text, sign);
    if (whole == 0 || (whole > 1 && text[sign] == '0')) return std::nullopt;
    std::size_t end = sign + whole;
    if (end < text.size() && text[end] == '.') {
        const std::size_t fraction = digits_at(text, end + 1);
        if (fraction == 0) return std::nullopt;
        end += 1 + fraction;
    }
    if (end == text.size() && end == sign + whole)
        return std::nullopt; // an integer, perhaps too large for one
    const std::optional<double> value = convert<double>(text);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return value;
}

std::optional<Duration> parse_duration(std::string_view text) {
    constexpr std::int64_t ten_years = 3650LL * 86'400'000;
    const std::optional<std::int64_t> milliseconds = parse_with_unit(text, time_units, ten_years);
    if (!milliseconds) return std::nullopt;
    return Duration(*milliseconds);
}

std::optional<std::size_t> parse_size(std::string_view text) {
    constexpr std::int64_t most = std::int64_t{1} << 42;
    const bool is_bare = digits_at(text, 0) == text.size();
    const std::string with_bytes = is_bare ? std::string(text) + "B" : std::string(text);
    const std::optional<std::int64_t> bytes = parse_with_unit(with_bytes, size_units, most);
    if (!bytes) return std::nullopt;
    return static_cast<std::size_t>(*bytes);
}

std::string duration_text(Duration duration) { return with_unit(duration.count(), time_units, ""); }

std::string size_text(std::size_t bytes) {
    return with_unit(static_cast<std::int64_t>(bytes), size_units, "");
}

std::optional<Scalar> parse_plain(std::string_view text, Position at, std::string& why,
                                  std::string& hint) {
    if (text == "true") return Scalar{at, true};
    if (text == "false") return Scalar{at, false};
    if (const std::optional<std::int64_t> integer = parse_integer(text))
        return Scalar{at, *integer};
    if (const std::optional<double> decimal = parse_decimal(text)) return Scalar{at, *decimal};
    const std::string lower = lower_case(text);
    if (is_any_of(lower, {"true", "yes", "on"})) {
        why = "may be a text or a boolean";
        hint = "write true, or quote it";
        return std::nullopt;
    }
    if (is_any_of(lower, {"false", "no", "off"})) {
        why = "may be a text or a boolean";
        hint = "write false, or quote it";
        return std::nullopt;
    }
    if (looks_like_number(text)) {
        why = "may be a text or a number";
        hint = "write a plain decimal number, or quote it";
        return std::nullopt;
    }
    return Scalar{at, std::string(text)};
}

} // namespace config::decode
