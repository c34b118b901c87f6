#include "policy/review/same.hpp"

#include <algorithm>

namespace policy::review {

namespace {

using config::Entry;
using config::EntryKind;
using config::Rule;

bool is_same(const config::Condition& a, const config::Condition& b) {
    return a.op == b.op && std::ranges::equal(a.operands, b.operands, {}, &config::Scalar::value,
                                              &config::Scalar::value);
}

bool is_same(const config::Match& a, const config::Match& b) {
    return a.subject == b.subject &&
           std::ranges::equal(a.conditions, b.conditions,
                              [](const auto& x, const auto& y) { return is_same(x, y); });
}

bool is_same(const Rule& a, const Rule& b) {
    return a.shadow == b.shadow &&
           std::ranges::equal(a.entries, b.entries,
                              [](const auto& x, const auto& y) { return review::is_same(x, y); });
}

/// All of its names must be there, so a longer list asks for more.
bool is_about_all(EntryKind kind) {
    return kind == EntryKind::scopes || kind == EntryKind::roles || kind == EntryKind::groups;
}

bool holds_with(const Entry& asked, const Entry& given) {
    if (asked.kind != given.kind || !is_about_all(asked.kind)) return review::is_same(asked, given);
    return std::ranges::all_of(asked.names, [&](const std::string& name) {
        return std::ranges::find(given.names, name) != given.names.end();
    });
}

} // namespace

bool is_same(const Entry& a, const Entry& b) {
    const auto same = [](const auto& x, const auto& y) { return is_same(x, y); };
    return a.kind == b.kind && a.names == b.names && a.duration == b.duration &&
           std::ranges::equal(a.matches, b.matches, same) &&
           std::ranges::equal(a.rules, b.rules, same);
}

bool asks_for_all_of(const Rule& more, const Rule& less) {
    if (more.shadow) return less.shadow;
    return std::ranges::all_of(less.entries, [&](const Entry& asked) {
        return std::ranges::any_of(more.entries,
                                   [&](const Entry& given) { return holds_with(asked, given); });
    });
}

} // namespace policy::review
