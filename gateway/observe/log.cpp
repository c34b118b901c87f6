#include "gateway/observe/log.hpp"

#include "gateway/observe/log_line.hpp"

#include <atomic>
#include <cstdlib>
#include <unistd.h>

namespace gateway::log {
namespace {

std::atomic<Level> lowest{Level::info};

/// NO_COLOR: any value that is not empty turns colour off (no-color.org).
Style choose_style() {
    if (::isatty(STDERR_FILENO) == 0) return Style::json;
    const char* no_color = std::getenv("NO_COLOR");
    return no_color && *no_color ? Style::plain : Style::coloured;
}

} // namespace

void set_level(Level level) { lowest.store(level, std::memory_order_relaxed); }

void write(Level level, std::string_view event, std::string_view message,
           std::initializer_list<Attribute> attributes) {
    if (level < lowest.load(std::memory_order_relaxed)) return;
    static const Style style = choose_style();
    const auto now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    std::string line;
    append_line(line, style, now, level, event, message, {attributes.begin(), attributes.size()});
    // One write, so that lines of several threads do not mix. A log that cannot be written has
    // nowhere to say so.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace gateway::log
