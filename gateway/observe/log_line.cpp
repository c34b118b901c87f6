#include "gateway/observe/log_line.hpp"

#include "gateway/observe/timestamp.hpp"
#include "policy/json.hpp"

#include <array>

namespace gateway::log {
namespace {

struct LevelText {
    std::string_view name, padded, colour;
};

constexpr std::array<LevelText, 4> levels = {{{"debug", "debug", "\x1b[2m"},
                                              {"info", "info ", "\x1b[32m"},
                                              {"warning", "warn ", "\x1b[33m"},
                                              {"error", "error", "\x1b[31m"}}};
constexpr std::string_view dim = "\x1b[2m", normal = "\x1b[0m";

void append_quoted(std::string& out, std::string_view text) {
    policy::append_json_string(out, text.substr(0, longest_text));
}

/// The same escapes without the quotes, for people.
void append_bare(std::string& out, std::string_view text) {
    std::string quoted;
    append_quoted(quoted, text);
    out.append(quoted, 1, quoted.size() - 2);
}

bool is_bare_word(std::string_view text) {
    return !text.empty() && text.find_first_of(" \"=\\") == std::string_view::npos;
}

void append_value(std::string& out, const Attribute& attribute, Style style) {
    if (const auto* text = std::get_if<std::string_view>(&attribute.value)) {
        if (style != Style::json && is_bare_word(*text)) return append_bare(out, *text);
        return append_quoted(out, *text);
    }
    if (const auto* flag = std::get_if<bool>(&attribute.value))
        out += *flag ? "true" : "false";
    else
        out += std::to_string(std::get<std::int64_t>(attribute.value));
}

void append_json(std::string& out, std::string_view time, const LevelText& level,
                 std::string_view event, std::string_view message,
                 std::span<const Attribute> attributes) {
    out.append("{\"ts\":\"").append(time).append("\",\"level\":\"").append(level.name);
    out += "\",\"event\":";
    append_quoted(out, event);
    out += ",\"message\":";
    append_quoted(out, message);
    for (const Attribute& attribute : attributes) {
        out += ',';
        append_quoted(out, attribute.name);
        out += ':';
        append_value(out, attribute, Style::json);
    }
    out += "}\n";
}

void append_readable(std::string& out, Style style, std::string_view time, const LevelText& level,
                     std::string_view event, std::string_view message,
                     std::span<const Attribute> attributes) {
    const bool coloured = style == Style::coloured;
    const auto paint = [&](std::string_view colour) {
        out += coloured ? colour : std::string_view();
    };
    paint(dim);
    out.append(time.substr(11, 12)).append(" ");
    paint(normal);
    paint(level.colour);
    out.append(level.padded).append(" ");
    paint(normal);
    append_bare(out, message);
    paint(dim);
    out += "  ";
    append_bare(out, event);
    for (const Attribute& attribute : attributes) {
        out += ' ';
        append_bare(out, attribute.name);
        out += '=';
        append_value(out, attribute, style);
    }
    paint(normal);
    out += '\n';
}

} // namespace

void append_line(std::string& out, Style style, policy::TimePoint time, Level level,
                 std::string_view event, std::string_view message,
                 std::span<const Attribute> attributes) {
    observe::Timestamp stamp;
    const LevelText& text = levels[static_cast<std::size_t>(level)];
    if (style == Style::json)
        append_json(out, stamp.format(time), text, event, message, attributes);
    else
        append_readable(out, style, stamp.format(time), text, event, message, attributes);
}

} // namespace gateway::log
