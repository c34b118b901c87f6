#include "config/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace config {
namespace {

constexpr std::size_t longest_shown = 60;
constexpr std::size_t longest_word =
    64; // of an edit distance, whose cost is the product of both lengths

unsigned char byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

struct Lead {
    std::size_t length = 0; ///< of the sequence; 0: no lead byte
    unsigned char
        low = 0x80,
        high = 0xbf; ///< bounds of the second byte, which shut out overlong forms and surrogates
};

Lead lead_of(unsigned char first) {
    if (first < 0x80) return {.length = 1};
    if (first < 0xc2) return {};
    if (first < 0xe0) return {.length = 2};
    if (first == 0xe0) return {.length = 3, .low = 0xa0};
    if (first == 0xed) return {.length = 3, .high = 0x9f};
    if (first < 0xf0) return {.length = 3};
    if (first == 0xf0) return {.length = 4, .low = 0x90};
    if (first < 0xf4) return {.length = 4};
    if (first == 0xf4) return {.length = 4, .high = 0x8f};
    return {};
}

bool is_sequence(std::string_view text, std::size_t at, const Lead& lead) {
    if (lead.length == 0 || at + lead.length > text.size()) return false;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char low = i == 1 ? lead.low : 0x80;
        const unsigned char high = i == 1 ? lead.high : 0xbf;
        const unsigned char byte = byte_at(text, at + i);
        if (byte < low || byte > high) return false;
    }
    return true;
}

std::string shown(std::string_view text, char mark) {
    std::string out(1, mark);
    for (const char c : text.substr(0, longest_shown)) out += find_control({&c, 1}) == 0 ? '?' : c;
    // A cut inside a sequence would make the message itself malformed.
    while (out.size() > 1 && find_invalid_utf8(out) != std::string::npos) out.pop_back();
    if (text.size() > longest_shown) out += "...";
    out += mark;
    return out;
}

/// Optimal string alignment with three rows.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

} // namespace

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const Lead lead = lead_of(byte_at(text, i));
        if (!is_sequence(text, i, lead)) return i;
        i += lead.length;
    }
    return std::string_view::npos;
}

std::size_t find_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (byte_at(text, i) < 0x20 || byte_at(text, i) == 0x7f) return i;
    return std::string_view::npos;
}

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto is_token_char = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string in_quotes(std::string_view text) { return shown(text, '"'); }

std::string in_backticks(std::string_view text) { return shown(text, '`'); }

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > longest_word) return {};
    const std::string lower = lower_case(word);
    std::string_view best;
    std::size_t best_distance =
        std::min<std::size_t>(3, std::max<std::size_t>(1, word.size() / 3)) + 1;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > longest_word) continue;
        const std::size_t found = distance(lower, lower_case(candidate));
        if (found >= best_distance) continue;
        best_distance = found;
        best = candidate;
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string_view meant = nearest(word, candidates);
    return meant.empty() ? std::string() : "did you mean " + in_backticks(meant) + "?";
}

std::string one_of(std::span<const std::string_view> words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
        list += in_backticks(words[i]);
    }
    return list;
}

} // namespace config
