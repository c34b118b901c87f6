#include "gateway/http1/head_scan.hpp"

#include "gateway/http1/syntax.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace gateway::http1 {

namespace {

using policy::Reason;
using Verdict = std::optional<Reason>; ///< nothing: carry on

HeadScan refuse(Reason reason) { return {{HeadResult::Kind::refused, 0, reason}, 0}; }

/// "GET", two spaces and "HTTP/1.1" come on top of the target.
std::size_t max_request_line(const HeadLimits& limits) { return limits.target + max_method + 10; }

/// A request line that is too long, judged by its first bytes alone so that it need not be
/// complete.
Reason why_too_long(std::string_view line) {
    const std::string_view method = line.substr(0, max_method + 1);
    if (method.find(' ') != method.npos) return Reason::target_too_long;
    return is_token(method) ? Reason::not_implemented : Reason::bad_request;
}

Verdict check_version(std::string_view version) {
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return {};
    const bool other = version.size() == 8 && version.starts_with("HTTP/") &&
                       is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    return other ? Reason::version_not_supported : Reason::bad_request;
}

Verdict check_request_line(std::string_view line, const HeadLimits& limits) {
    if (line.size() > max_request_line(limits)) return why_too_long(line);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == line.npos || first == last) return Reason::bad_request;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    if (!is_token(method)) return Reason::bad_request;
    if (method.size() > max_method) return Reason::not_implemented; // RFC 9112 3
    if (target.size() > limits.target) return Reason::target_too_long;
    if (!is_visible(target)) return Reason::bad_request;
    return check_version(line.substr(last + 1));
}

/// One line without its LF, but with the CR that must be there.
Verdict check_line(std::string_view line, bool first, const HeadLimits& limits, StartLine kind) {
    if (!line.ends_with('\r')) return Reason::bad_request;
    line.remove_suffix(1);
    if (line.empty()) return first ? Verdict(Reason::bad_request) : Verdict();
    if (first && kind == StartLine::request)
        if (const Verdict fault = check_request_line(line, limits)) return fault;
    // Folding (RFC 9112 5.2): white space at the start continues the line before.
    if (is_blank(line[0]) || has_control(line)) return Reason::bad_request;
    return {};
}

/// The bytes at hand hold no end of a head. Too much of it already?
Verdict check_unfinished(std::string_view input, std::size_t begin, const HeadLimits& limits,
                         StartLine kind) {
    if (kind == StartLine::request && input.size() > begin + max_request_line(limits) + 1) {
        const std::string_view line = input.substr(begin, max_request_line(limits) + 2);
        if (line.find('\n') == line.npos) return why_too_long(line);
    }
    if (input.size() >= limits.bytes) return Reason::head_too_large;
    return {};
}

} // namespace

HeadScan scan_head(std::string_view input, std::size_t& scanned, const HeadLimits& limits,
                   StartLine kind) {
    // Nothing beyond the limit is looked at, or the verdict would depend on how much one read
    // brought.
    const std::string_view window = input.substr(0, limits.bytes);
    const std::size_t begin = kind == StartLine::request && window.starts_with("\r\n") ? 2 : 0;
    std::size_t at = std::max(std::min(scanned, window.size()), begin);
    std::size_t line =
        window.npos; // found when a line ends: looking back on each call would be quadratic
    while (at < window.size()) {
        const std::size_t end = window.find('\n', at);
        if (end == window.npos) break;
        if (line == window.npos) {
            const std::size_t before = at == begin ? window.npos : window.rfind('\n', at - 1);
            line = before == window.npos ? begin : std::max(before + 1, begin);
        }
        const std::string_view text = window.substr(line, end - line);
        if (const Verdict fault = check_line(text, line == begin, limits, kind))
            return refuse(*fault);
        if (text.size() == 1)
            return {{HeadResult::Kind::complete, end + 1, Reason::bad_request}, begin};
        at = line = end + 1;
    }
    scanned = window.size();
    if (const Verdict fault = check_unfinished(window, begin, limits, kind)) return refuse(*fault);
    return {};
}

} // namespace gateway::http1
