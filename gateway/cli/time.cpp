#include "gateway/cli/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace gateway::cli {
namespace {

using namespace std::chrono;

/// Takes `digits` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take_char(std::string_view& text, std::string_view one_of) {
    if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// ".123456" to milliseconds; what is finer is cut.
std::optional<milliseconds> take_fraction(std::string_view& text) {
    if (!take_char(text, ".")) return milliseconds(0);
    std::size_t digits = 0;
    int value = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
        if (digits < 3) value = value * 10 + (text[digits] - '0');
    if (digits == 0) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    text.remove_prefix(digits);
    return milliseconds(value);
}

/// "Z" or "+hh:mm" to what must be subtracted to get UTC.
std::optional<minutes> take_offset(std::string_view& text) {
    if (take_char(text, "Zz")) return minutes(0);
    const bool negative = !text.empty() && text.front() == '-';
    if (!take_char(text, "+-")) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take_char(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    const minutes offset(*hour * 60 + *minute);
    return negative ? -offset : offset;
}

std::optional<sys_days> take_date(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take_char(text, "-")) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !take_char(text, "-")) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                              day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return sys_days(date);
}

std::optional<policy::TimePoint> parse_rfc3339(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take_char(text, "Tt ")) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take_char(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59 || !take_char(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || *second > 60) return std::nullopt;
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return policy::TimePoint(*date) + hours(*hour) + minutes(*minute) + seconds(*second) +
           *fraction - *offset;
}

} // namespace

policy::TimePoint system_now() { return floor<milliseconds>(system_clock::now()); }

std::optional<policy::TimePoint> parse_time(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int64_t unix_seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), unix_seconds);
    if (error == std::errc() && end == text.data() + text.size()) {
        // Year 9999 at most: what is larger is milliseconds given by mistake.
        if (unix_seconds < 0 || unix_seconds > 253402300799) return std::nullopt;
        return policy::TimePoint(seconds(unix_seconds));
    }
    return parse_rfc3339(text);
}

std::string format_time(std::int64_t unix_seconds) {
    if (unix_seconds < 0 || unix_seconds > 253402300799) return std::to_string(unix_seconds);
    const sys_seconds at{seconds(unix_seconds)};
    const auto midnight = floor<days>(at);
    const year_month_day date(midnight);
    const hh_mm_ss clock(at - midnight);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()));
    return text.data();
}

std::string distance_in_words(std::int64_t unix_seconds, policy::TimePoint now) {
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    static constexpr std::array<Unit, 5> units = {
        {{365 * 86400, "year"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
    const std::int64_t now_seconds = floor<seconds>(now).time_since_epoch().count();
    const bool future = unix_seconds > now_seconds;
    // Unsigned, so that no claim however wild overflows.
    const auto a = static_cast<std::uint64_t>(unix_seconds);
    const auto b = static_cast<std::uint64_t>(now_seconds);
    const std::uint64_t distance = future ? a - b : b - a;
    for (const Unit& unit : units) {
        const std::uint64_t count = distance / static_cast<std::uint64_t>(unit.seconds);
        if (count == 0) continue;
        const std::string words = std::to_string(count) + ' ' + unit.name + (count == 1 ? "" : "s");
        return future ? "in " + words : words + " ago";
    }
    return "now";
}

} // namespace gateway::cli
