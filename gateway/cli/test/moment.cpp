#include "gateway/cli/test/moment.hpp"

#include "config/decode/scalar.hpp"
#include "gateway/cli/time.hpp"

namespace gateway::cli::test {

std::optional<policy::TimePoint> parse_moment(std::string_view text, policy::TimePoint base) {
    if (!text.starts_with('+') && !text.starts_with('-')) return parse_time(text);
    const auto distance = config::decode::parse_duration(text.substr(1));
    if (!distance) return std::nullopt;
    return text.front() == '+' ? base + *distance : base - *distance;
}

} // namespace gateway::cli::test
