#include "config/decode/decoder.hpp"

#include "config/decode/scalar.hpp"
#include "config/files.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <unordered_set>

namespace config::decode {
namespace {

std::string kind_text(const Node& node) {
    switch (node.kind) {
    case NodeKind::nothing: return node.text.empty() ? "nothing" : "null";
    case NodeKind::sequence: return "a list";
    case NodeKind::mapping: return "a mapping";
    case NodeKind::scalar:
    case NodeKind::refused: break;
    }
    return Decoder::shown(node);
}

/// `{claim.sub}` without quotes is a mapping with one key and no value.
std::string template_hint(const Node& node) {
    const bool is_template = node.kind == NodeKind::mapping && node.members.size() == 1 &&
                             node.members[0].value.kind == NodeKind::nothing &&
                             node.members[0].value.text.empty();
    return is_template ? "quote it: \"{" + node.members[0].key + "}\"" : std::string();
}

/// Numbers and booleans stand without quotes; around a variable quotes are a habit, and do no harm.
bool is_plain(const Node& node) {
    return node.kind == NodeKind::scalar && (!node.quoted || node.replaced);
}

} // namespace

Decoder::Decoder(const std::string& file, Problems& problems)
    : file_(file), directory_(directory_of(file)), problems_(problems) {}

void Decoder::error(Position at, std::string message, std::string hint, std::string_view name) {
    problems_.push_back({.file = file_,
                         .at = at,
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .name = std::string(name)});
}

void Decoder::warning(Position at, std::string_view name, std::string message, std::string hint) {
    problems_.push_back({.severity = Severity::warning,
                         .file = file_,
                         .at = at,
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .name = std::string(name)});
}

void Decoder::mismatch(const Node& node, std::string_view expected, std::string hint) {
    if (node.kind == NodeKind::refused) return;
    if (hint.empty()) hint = template_hint(node);
    error(node.at, "expected " + std::string(expected) + ", found " + kind_text(node),
          std::move(hint));
}

std::string Decoder::shown(const Node& node) {
    return node.replaced ? "the value of a variable" : in_quotes(node.text);
}

std::optional<std::size_t> Decoder::choice(const Node& node,
                                           std::span<const std::string_view> words) {
    if (node.kind == NodeKind::scalar) {
        const auto found = std::find(words.begin(), words.end(), node.text);
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    }
    mismatch(node, one_of(words), node.replaced ? std::string() : did_you_mean(node.text, words));
    return std::nullopt;
}

std::optional<std::string> Decoder::text(const Node& node, std::string_view expected) {
    if (node.kind != NodeKind::scalar) {
        mismatch(node, expected);
        return std::nullopt;
    }
    if (node.text.empty()) {
        error(node.at, "expected " + std::string(expected) + ", found an empty text");
        return std::nullopt;
    }
    if (find_control(node.text) != std::string::npos ||
        find_invalid_utf8(node.text) != std::string::npos) {
        error(node.at, "a control byte or a line end stands in this text",
              "keep it on one line, without escapes");
        return std::nullopt;
    }
    return node.text;
}

std::optional<std::vector<std::string>> Decoder::texts(const Node& node) {
    if (!is_list(node, "strings")) return std::nullopt;
    std::vector<std::string> out;
    std::unordered_set<std::string_view> seen;
    bool is_good = true;
    for (const Node& item : node.items) {
        std::optional<std::string> found = text(item);
        if (!found)
            is_good = false;
        else if (seen.insert(item.text).second)
            out.push_back(std::move(*found));
        else
            error(item.at, shown(item) + " stands in this list twice");
    }
    if (!is_good) return std::nullopt;
    return out;
}

std::optional<bool> Decoder::boolean(const Node& node) {
    if (is_plain(node)) {
        if (node.text == "true") return true;
        if (node.text == "false") return false;
    }
    std::string hint;
    const std::string lower = node.replaced ? std::string() : lower_case(node.text);
    for (const std::string_view word : {"true", "yes", "on", "y"})
        if (lower == word) hint = node.quoted ? "write true without quotes" : "write true";
    for (const std::string_view word : {"false", "no", "off", "n"})
        if (lower == word) hint = node.quoted ? "write false without quotes" : "write false";
    mismatch(node, "true or false", std::move(hint));
    return std::nullopt;
}

std::optional<std::int64_t> Decoder::integer(const Node& node, std::int64_t least,
                                             std::int64_t most) {
    if (is_plain(node)) {
        const std::optional<std::int64_t> value = parse_integer(node.text);
        if (value && *value >= least && *value <= most) return value;
    }
    mismatch(node, "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
             node.quoted ? "write it without quotes" : "");
    return std::nullopt;
}

std::optional<Duration> Decoder::duration(const Node& node, Duration least, Duration most) {
    const std::optional<Duration> value =
        node.kind == NodeKind::scalar ? parse_duration(node.text) : std::optional<Duration>();
    if (value && *value >= least && *value <= most) return value;
    if (value)
        mismatch(node, "a duration from " + duration_text(least) + " to " + duration_text(most));
    else
        mismatch(node, "a duration", "write a whole number and a unit: 500ms, 30s, 5m, 1h or 30d");
    return std::nullopt;
}

std::optional<std::size_t> Decoder::size(const Node& node, std::size_t least, std::size_t most) {
    const std::optional<std::size_t> value =
        node.kind == NodeKind::scalar ? parse_size(node.text) : std::optional<std::size_t>();
    if (value && *value >= least && *value <= most) return value;
    if (value)
        mismatch(node, "a size from " + size_text(least) + " to " + size_text(most));
    else
        mismatch(node, "a size", "write a whole number of bytes, or with a unit: 16KiB, 10MiB");
    return std::nullopt;
}

std::optional<std::string> Decoder::path(const Node& node) {
    const std::optional<std::string> written = text(node, "a path");
    if (!written) return std::nullopt;
    return resolve_path(directory_, *written);
}

/// Every other reader shows the value that it found.
std::optional<Secret> Decoder::secret(const Member& member) {
    const Node& node = member.value;
    if (node.kind == NodeKind::refused) return std::nullopt;
    const std::string how =
        "write `" + member.key + ": ${NAME}` or `" + member.key + ": ${file:PATH}`";
    if (node.kind != NodeKind::scalar || node.text.empty()) {
        error(member.at, "expected the secret as a text", how);
        return std::nullopt;
    }
    if (!node.replaced)
        warning(member.at, "literal_secret", "the secret stands in the configuration file itself",
                how);
    return Secret(node.text);
}

std::optional<std::string> Decoder::readable_file(const Node& node) {
    std::optional<std::string> found = path(node);
    if (!found) return std::nullopt;
    if (const std::optional<std::string> why = why_unreadable(*found)) {
        error(node.at, "the file " + shown(node) + " cannot be read: " + *why);
        return std::nullopt;
    }
    return found;
}

bool Decoder::is_list(const Node& node, std::string_view of) {
    if (node.kind != NodeKind::sequence) {
        const bool is_scalar =
            node.kind == NodeKind::scalar && !node.replaced && !node.text.empty();
        mismatch(node, "a list of " + std::string(of),
                 is_scalar ? "write " + in_backticks("[" + node.text + "]") : "");
        return false;
    }
    if (!node.items.empty()) return true;
    error(node.at, "this list is empty", "name at least one, or remove the key");
    return false;
}

bool Decoder::is_mapping(const Node& node, std::string_view what) {
    if (node.kind == NodeKind::mapping) return true;
    mismatch(node, "a mapping for " + std::string(what));
    return false;
}

std::string_view Decoder::unknown_key(const Member& member, std::span<const std::string_view> known,
                                      const Owner& owner) {
    std::string hint = did_you_mean(member.key, known);
    if (hint.empty()) hint = "known keys: " + one_of(known);
    error(member.at, "unknown key " + in_backticks(member.key) + " in " + std::string(owner.what),
          std::move(hint));
    return nearest(member.key, known);
}

void Decoder::not_in_this_version(Position at, std::string_view what, std::string hint) {
    error(at, in_backticks(what) + " is not part of this version of claimgate", std::move(hint));
}

void Decoder::require(const Node& node, std::string_view key,
                      std::span<const std::string_view> meant, const Owner& owner) {
    const auto is_it = [&](const Member& member) { return member.key == key; };
    if (std::any_of(node.members.begin(), node.members.end(), is_it)) return;
    if (std::find(meant.begin(), meant.end(), key) != meant.end()) return;
    error(owner.at, std::string(owner.what) + " needs " + in_backticks(key));
}

void Decoder::refer(Reference::Kind kind, const Node& node, const std::string& name) {
    references_.push_back({.kind = kind, .name = name, .at = node.at, .is_secret = node.replaced});
}

} // namespace config::decode
