// A route without `methods` takes what its neighbours of the same path leave over. Where it asks
// for less than they do, the methods that nobody thought of have the weakest guard.

#include "policy/review/families.hpp"
#include "policy/review/same.hpp"
#include "policy/route/pattern.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

namespace policy::review {

namespace {

using config::Access;
using config::Route;
using route::Segment;

constexpr std::array<std::string_view, 4> changing = {"POST", "PUT", "PATCH", "DELETE"};

/// Routes of one pattern and one host.
struct Group {
    const Route* without_methods = nullptr;
    std::vector<const Route*> with_methods;
};

/// The same for two patterns that take the same paths.
std::string shape_of(const route::Pattern& pattern) {
    std::string shape;
    for (const Segment& segment : pattern.segments) {
        shape += '/';
        if (segment.kind == Segment::Kind::literal)
            shape += segment.text;
        else
            shape += {'{', static_cast<char>('0' + static_cast<int>(segment.kind))};
    }
    return shape;
}

std::string list(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return text;
}

bool is_weaker(const Route& route, const Route& than) {
    if (route.shadow != than.shadow) return route.shadow;
    if (route.access != than.access) return route.access < than.access;
    return route.access == Access::rule && !asks_for_all_of(route.rule, than.rule);
}

void review_group(Review& review, const Group& group) {
    if (!group.without_methods) return;
    std::vector<std::string> left;
    for (const std::string_view method : changing)
        if (std::ranges::none_of(group.with_methods, [&](const Route* route) {
                return std::ranges::find(route->methods, method) != route->methods.end();
            }))
            left.emplace_back(method);
    if (left.empty()) return;
    for (const Route* other : group.with_methods) {
        if (!is_weaker(*group.without_methods, *other)) continue;
        review.warn(group.without_methods->at, "method_gap",
                    list(left) + " of this path are decided here, without what " +
                        in_line(other->at) + " asks for " + list(other->methods),
                    "write down the `methods` of this route, or ask for as much");
        return;
    }
}

} // namespace

void review_methods(Review& review) {
    std::unordered_map<std::string, Group> groups;
    std::vector<std::string> order;
    config::Problems none; // the snapshot is there, so they parse
    for (const auto& compiled : review.snapshot.routes().routes()) {
        const Route& route = *compiled->settings;
        const auto pattern = route::parse_pattern(route, review.model.file, none);
        if (!pattern) continue;
        std::vector<std::string> hosts = route.hosts;
        if (hosts.empty()) hosts.emplace_back();
        for (const std::string& host : hosts) {
            std::string key = host + shape_of(*pattern);
            const auto [group, is_new] = groups.try_emplace(key);
            if (is_new) order.push_back(std::move(key));
            if (route.methods.empty())
                group->second.without_methods = &route;
            else
                group->second.with_methods.push_back(&route);
        }
    }
    for (const std::string& key : order) review_group(review, groups[key]);
}

} // namespace policy::review
