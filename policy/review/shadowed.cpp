// A route that is never chosen. The router itself is asked, with requests that fit the route and
// avoid every literal of the file: where none of them finds it, none can.

#include "policy/review/families.hpp"
#include "policy/route/pattern.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace policy::review {

namespace {

using route::Found;
using route::Pattern;
using route::Segment;

constexpr std::string_view fresh = "~zq7"; ///< no literal of a sane file
constexpr std::size_t most_hosts = 100;    ///< of one route; what is not looked at is not judged

std::string text_of(const Segment& segment) {
    switch (segment.kind) {
    case Segment::Kind::literal: return segment.text;
    case Segment::Kind::uuid: return "6fa1c0de-0c1d-4e2f-8a3b-4c5d6e7f8091";
    case Segment::Kind::integer: return "-730514926183";
    case Segment::Kind::plain:
    case Segment::Kind::rest: break;
    }
    return std::string(fresh);
}

/// Paths that fit: one, and for `**` one of each length until no pattern is longer.
std::vector<std::string> paths_for(const Pattern& pattern, std::size_t longest) {
    std::string path;
    const bool has_rest =
        !pattern.segments.empty() && pattern.segments.back().kind == Segment::Kind::rest;
    const std::size_t fixed = pattern.segments.size() - (has_rest ? 1 : 0);
    for (std::size_t i = 0; i < fixed; ++i) path += '/' + text_of(pattern.segments[i]);
    if (!has_rest) return {path.empty() ? "/" : path};
    std::vector<std::string> paths;
    if (!path.empty()) paths.push_back(path);
    paths.push_back(path + '/');
    for (std::size_t more = 0; fixed + more <= longest; ++more)
        paths.push_back(path += '/' + std::string(fresh));
    return paths;
}

std::vector<std::string> hosts_for(const config::Route& route) {
    if (route.hosts.empty()) return {"zq7.invalid"};
    std::vector<std::string> hosts;
    for (const std::string& host : route.hosts) {
        if (hosts.size() == most_hosts) break;
        hosts.push_back(host.starts_with('*') ? "zq7" + host.substr(1) : host);
    }
    return hosts;
}

std::vector<std::string> methods_for(const config::Route& route) {
    if (!route.methods.empty()) return route.methods;
    return {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
}

/// True when a request finds the route; else `winner` is one that takes its place.
bool is_reachable(const Review& review, const route::Route& route,
                  const std::vector<std::string>& paths, const route::Route*& winner) {
    const config::Route& settings = *route.settings;
    for (const std::string& host : hosts_for(settings))
        for (const std::string& path : paths)
            for (const std::string& method : methods_for(settings)) {
                const Found found = review.snapshot.routes().find(host, method, path);
                if (found.route == &route) return true;
                if (!winner) winner = found.route;
            }
    return false;
}

} // namespace

void review_shadowed(Review& review) {
    std::vector<Pattern> patterns;
    std::size_t longest = 0;
    config::Problems none; // the snapshot is there, so they parse
    for (const auto& route : review.snapshot.routes().routes()) {
        auto pattern = route::parse_pattern(*route->settings, review.model.file, none);
        patterns.push_back(pattern ? std::move(*pattern) : Pattern{});
        longest = std::max(longest, patterns.back().segments.size());
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const route::Route& route = *review.snapshot.routes().routes()[i];
        const route::Route* winner = nullptr;
        if (route.settings->hosts.size() > most_hosts ||
            is_reachable(review, route, paths_for(patterns[i], longest), winner))
            continue;
        review.warn(route.settings->at, "shadowed_route",
                    "this route is never chosen: " +
                        (winner ? "what it is for goes to more specific routes, such as that of " +
                                      in_line(winner->settings->at)
                                : std::string("more specific routes answer 405 for it")),
                    "remove it, or give it a path, a host or methods of its own");
    }
}

} // namespace policy::review
