#include "config/print.hpp"

#include "config/json_string.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace config {
namespace {

constexpr std::size_t longest_excerpt = 200;

std::vector<std::string_view> split_lines(std::string_view source) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin < source.size();) {
        const std::size_t end = std::min(source.find('\n', begin), source.size());
        lines.push_back(source.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// Also where the word is misspelt, since that is what errors are about.
bool mentions_secret(std::string_view line, std::span<const std::string_view> names) {
    const std::string lower = lower_case(line);
    for (const std::string_view name : names)
        if (lower.find(name) != std::string::npos) return true;
    std::string word;
    for (const char c : lower + ' ') {
        if ((c >= 'a' && c <= 'z') || c == '_')
            word += c;
        else if (!nearest(std::exchange(word, {}), names).empty())
            return true;
    }
    return false;
}

bool may_show(std::string_view line, std::span<const std::string_view> marks) {
    return line.size() <= longest_excerpt && !mentions_secret(line, marks);
}

/// How far the key, the text in quotes or the `{...}` reaches that begins here, as far as the line
/// shows it.
std::size_t value_size(std::string_view text) {
    if (text.empty()) return 0;
    if (const char quote = text[0]; quote == '"' || quote == '\'') {
        const std::size_t end = text.find(quote, 1);
        return end == text.npos ? 1 : end + 1;
    }
    if (text[0] == '{' || text[0] == '[') {
        int open = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '{' || text[i] == '[') ++open;
            if ((text[i] == '}' || text[i] == ']') && --open == 0) return i + 1;
        }
        return 1;
    }
    std::size_t end = 0;
    for (;
         end < text.size() && std::string_view(",[]{}\t").find(text[end]) == std::string_view::npos;
         ++end) {
        if (text[end] == ':' && (end + 1 == text.size() || text[end + 1] == ' ')) break;
        if (text[end] == '#' && end > 0 && text[end - 1] == ' ') break;
    }
    while (end > 0 && text[end - 1] == ' ') --end;
    return std::max<std::size_t>(end, 1);
}

/// Where a name is explained.
std::string page_of(const std::string& name) { return "docs/warnings.md#" + name; }

class Writer {
public:
    Writer(std::string_view source, Colour colour, std::span<const std::string_view> marks)
        : lines_(split_lines(source)), colour_(colour), marks_(marks) {}

    void write(const Problem& problem) {
        const bool is_error = problem.severity == Severity::error;
        out_ += styled("1", place(problem)) + ": ";
        out_ += styled(is_error ? "1;31" : "1;35", is_error ? "error" : "warning") + ": " +
                problem.message;
        if (!problem.name.empty()) out_ += " [" + problem.name + "]";
        out_ += '\n';
        write_excerpt(problem.at, is_error);
        if (!problem.hint.empty())
            out_ += "    " + styled("36", "hint") + ": " + problem.hint + '\n';
        if (!problem.name.empty())
            out_ += "    " + styled("36", "read") + ": " + page_of(problem.name) + '\n';
    }

    std::string take() { return std::move(out_); }

private:
    static std::string place(const Problem& problem) {
        if (problem.at.line == 0) return problem.file;
        return problem.file + ":" + std::to_string(problem.at.line) + ":" +
               std::to_string(problem.at.column);
    }

    std::string styled(std::string_view code, const std::string& text) const {
        if (colour_ == Colour::off) return text;
        return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
    }

    void write_excerpt(Position at, bool is_error) {
        const auto line = static_cast<std::size_t>(at.line);
        if (at.line < 1 || line > lines_.size()) return;
        // A secret may stand on the line of its key, or below it.
        if (!may_show(lines_[line - 1], marks_) ||
            (line > 1 && !may_show(lines_[line - 2], marks_)))
            return;
        std::string_view text = lines_[line - 1];
        if (text.ends_with('\r')) text.remove_suffix(1);
        const std::size_t column = static_cast<std::size_t>(std::max(at.column, 1)) - 1;
        if (column > text.size() || find_invalid_utf8(text) != text.npos) return;
        const std::string number = std::to_string(line);
        const std::string margin(std::max<std::size_t>(5, number.size()) - number.size(), ' ');
        const std::size_t end = column + value_size(text.substr(column));
        std::string shown, blank, carets;
        for (std::size_t i = 0; i < text.size(); ++i) {
            shown += find_control({&text[i], 1}) == 0 ? ' ' : text[i];
            // Columns count bytes; carets stand under characters, so continuation bytes take no
            // room.
            if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
            if (i < column) blank += ' ';
            if (i >= column && i < end) carets += '^';
        }
        if (carets.empty()) carets = "^"; // behind the last character
        const std::string bar = styled("1;34", "|");
        out_ += margin + styled("1;34", number) + ' ' + bar + ' ' + shown + '\n';
        out_ += std::string(margin.size() + number.size(), ' ') + ' ' + bar + ' ' + blank +
                styled(is_error ? "1;31" : "1;35", carets) + '\n';
    }

    std::vector<std::string_view> lines_;
    Colour colour_;
    std::span<const std::string_view> marks_;
    std::string out_;
};

/// File names may be any bytes, JSON text may not (RFC 8259 8.1).
std::string readable(std::string text) {
    for (std::size_t at; (at = find_invalid_utf8(text)) != std::string::npos;) text[at] = '?';
    return text;
}

std::string to_json(const Problem& problem) {
    std::string out = "{\"severity\":";
    out += problem.severity == Severity::error ? "\"error\"" : "\"warning\"";
    out += ",\"file\":" + json_string(readable(problem.file));
    if (problem.at.line > 0)
        out += ",\"line\":" + std::to_string(problem.at.line) +
               ",\"column\":" + std::to_string(problem.at.column);
    out += ",\"message\":" + json_string(readable(problem.message));
    if (!problem.hint.empty()) out += ",\"hint\":" + json_string(readable(problem.hint));
    if (!problem.name.empty())
        out += ",\"name\":" + json_string(problem.name) +
               ",\"read\":" + json_string(page_of(problem.name));
    return out + '}';
}

} // namespace

std::string to_text(const Problems& problems, std::string_view source, Colour colour,
                    std::span<const std::string_view> marks) {
    Writer writer(source, colour, marks);
    for (const Problem& problem : problems) writer.write(problem);
    return writer.take();
}

std::string to_json(const Problems& problems) {
    std::string out = "[";
    for (const Problem& problem : problems)
        out += (out.size() > 1 ? ",\n " : "") + to_json(problem);
    return out + "]\n";
}

} // namespace config
