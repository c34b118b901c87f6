#include "policy/json_number.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

namespace policy {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes at least one digit from the front.
bool skip_digits(std::string_view& text) {
    const std::size_t size = text.size();
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    return text.size() < size;
}

struct Shape {
    bool valid = false;
    bool integer = true;
};

/// from_chars takes "inf", "1." and "007"; the grammar does not.
Shape shape_of(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool leading_zero = text.starts_with('0');
    const std::size_t before = text.size();
    if (!skip_digits(text)) return {};
    if (leading_zero && before - text.size() > 1) return {};

    Shape shape;
    if (text.starts_with('.')) {
        shape.integer = false;
        text.remove_prefix(1);
        if (!skip_digits(text)) return {};
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        shape.integer = false;
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
        if (!skip_digits(text)) return {};
    }
    shape.valid = text.empty();
    return shape;
}

} // namespace

std::optional<JsonNumber> parse_json_number(std::string_view text) {
    const Shape shape = shape_of(text);
    if (!shape.valid) return std::nullopt;

    const char* end = text.data() + text.size();
    JsonNumber number;
    const auto real = std::from_chars(text.data(), end, number.real);
    if (real.ec != std::errc{} || real.ptr != end || !std::isfinite(number.real))
        return std::nullopt;
    if (shape.integer) {
        const auto integer = std::from_chars(text.data(), end, number.integer);
        number.is_integer = integer.ec == std::errc{} && integer.ptr == end;
    }
    return number;
}

} // namespace policy
