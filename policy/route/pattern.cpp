#include "policy/route/pattern.hpp"

#include "policy/route/path.hpp"
#include "policy/route/table.hpp"

#include <algorithm>

namespace policy::route {

namespace {

constexpr std::size_t max_segments = 64;

class Parser {
public:
    Parser(const config::Route& route, const std::string& file, config::Problems& problems)
        : route_(route), file_(file), problems_(problems) {}

    std::optional<Pattern> parse();

private:
    bool parse_segment(std::string_view text, bool last);
    bool parse_parameter(std::string_view inside);
    bool parse_literal(std::string_view text, bool last);

    bool error(std::string message, std::string hint = {}) {
        problems_.push_back({config::Severity::error,
                             file_,
                             route_.at,
                             "path '" + route_.path + "': " + std::move(message),
                             std::move(hint),
                             {}});
        return false;
    }

    const config::Route& route_;
    const std::string& file_;
    config::Problems& problems_;
    Pattern pattern_;
};

std::optional<Pattern> Parser::parse() {
    const std::string_view path = route_.path;
    if (!path.starts_with('/')) {
        error("a path begins with '/'");
        return {};
    }
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        if (!parse_segment(path.substr(at, end - at), end == path.size())) return {};
        at = end + 1;
    }
    if (pattern_.segments.size() > max_segments) error("more than 64 segments");
    if (pattern_.parameters.size() > Parameters::capacity) error("more than 16 parameters");
    if (pattern_.segments.size() > max_segments ||
        pattern_.parameters.size() > Parameters::capacity)
        return {};
    return std::move(pattern_);
}

bool Parser::parse_segment(std::string_view text, bool last) {
    if (text == "**") {
        if (!last) return error("'**' stands at the end only");
        pattern_.segments.push_back({Segment::Kind::rest, {}});
        return true;
    }
    if (text.starts_with('{') && text.ends_with('}'))
        return parse_parameter(text.substr(1, text.size() - 2));
    if (text.find_first_of("{}*") != text.npos)
        return error("a parameter is a whole segment, and '**' the last one",
                     "write /{name} or /**; a literal brace is %7B or %7D, a literal star %2A");
    return parse_literal(text, last);
}

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool Parser::parse_parameter(std::string_view inside) {
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const std::string name(inside.substr(0, colon));
    const std::string_view type = inside.substr(std::min(colon + 1, inside.size()));
    Segment segment{Segment::Kind::plain, {}};
    if (type == "int")
        segment.kind = Segment::Kind::integer;
    else if (type == "uuid")
        segment.kind = Segment::Kind::uuid;
    else if (colon != inside.size())
        return error("unknown type '" + std::string(type) + "'", "the types are int and uuid");
    if (name.empty() || !std::ranges::all_of(name, is_name_byte))
        return error("a parameter's name is letters, digits, '_' and '-'");
    if (std::ranges::find(pattern_.parameters, name) != pattern_.parameters.end())
        return error("two parameters are called '" + name + "'");
    pattern_.parameters.push_back(name);
    pattern_.segments.push_back(std::move(segment));
    return true;
}

bool Parser::parse_literal(std::string_view text, bool last) {
    if (text.empty() && !last) return error("an empty segment", "targets have their '//' merged");
    Scratch scratch;
    const std::string alone = "/" + std::string(text);
    if (text.find('?') != text.npos)
        return error("a path has no '?'", "use `request: { query.NAME: ... }`");
    const auto normal = normalise_path(alone, scratch);
    if (!normal) return error(std::string(to_string(normal.error())));
    if (text == "." || text == "..") return error("a dot segment never reaches a route");
    pattern_.segments.push_back({Segment::Kind::literal, std::string(normal->substr(1))});
    return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

} // namespace

std::optional<Pattern> parse_pattern(const config::Route& route, const std::string& file,
                                     config::Problems& problems) {
    return Parser(route, file, problems).parse();
}

bool is_integer(std::string_view segment) {
    if (segment.starts_with('-')) segment.remove_prefix(1);
    return !segment.empty() && segment.size() <= 18 && std::ranges::all_of(segment, is_digit);
}

bool is_uuid(std::string_view segment) {
    if (segment.size() != 36) return false;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? segment[i] != '-' : !is_hex(segment[i])) return false;
    }
    return true;
}

} // namespace policy::route
