#include "gateway/observe/timestamp.hpp"

#include <algorithm>

namespace gateway::observe {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr policy::TimePoint earliest = sys_days(std::chrono::year(0) / 1 / 1);
constexpr policy::TimePoint latest =
    sys_days(std::chrono::year(10000) / 1 / 1) - std::chrono::milliseconds(1);

void write_digits(char* to, unsigned value, int digits) {
    for (int i = digits - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
}

} // namespace

std::string_view Timestamp::format(policy::TimePoint time) {
    time = std::clamp(time, earliest, latest);
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const auto rest = static_cast<unsigned>((time - second).count());
    if (second != second_) {
        second_ = second;
        format_second(second);
    }
    write_digits(text_ + 20, rest, 3);
    return {text_, 24};
}

void Timestamp::format_second(sys_seconds second) {
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const auto of_day = static_cast<unsigned>((second - day).count());
    std::copy_n("0000-00-00T00:00:00.000Z", 24, text_);
    write_digits(text_, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    write_digits(text_ + 5, static_cast<unsigned>(date.month()), 2);
    write_digits(text_ + 8, static_cast<unsigned>(date.day()), 2);
    write_digits(text_ + 11, of_day / 3600, 2);
    write_digits(text_ + 14, of_day / 60 % 60, 2);
    write_digits(text_ + 17, of_day % 60, 2);
}

} // namespace gateway::observe
