#include "policy/route/endpoint.hpp"

#include "policy/route/table.hpp"

#include <algorithm>
#include <array>

namespace policy::route {

namespace {

constexpr std::array<std::string_view, 7> common_methods = {"DELETE", "GET",  "HEAD", "OPTIONS",
                                                            "PATCH",  "POST", "PUT"};
static_assert(std::ranges::is_sorted(common_methods));

} // namespace

bool is_common_method(std::string_view method) {
    return std::ranges::find(common_methods, method) != common_methods.end();
}

Endpoint::Group& Endpoint::group(std::string_view host) {
    if (host.starts_with('*')) host.remove_prefix(1);
    const auto found = std::ranges::find(groups_, host, &Group::host);
    if (found != groups_.end()) return *found;
    groups_.push_back({std::string(host), {}, nullptr, {}});
    return groups_.back();
}

const Route* Endpoint::add(const Route& route) {
    const Route* twin = nullptr;
    const auto add_to = [&](Group& group) {
        if (route.settings->methods.empty()) {
            if (group.any_method && group.any_method != &route) twin = group.any_method;
            group.any_method = &route;
        }
        for (const std::string& method : route.settings->methods) {
            const auto same = std::ranges::find(group.methods, method,
                                                &std::pair<std::string, const Route*>::first);
            if (same == group.methods.end())
                group.methods.emplace_back(method, &route);
            else if (same->second != &route)
                twin = same->second;
        }
    };
    if (route.settings->hosts.empty()) add_to(group(""));
    for (const std::string& host : route.settings->hosts) add_to(group(host));
    return twin;
}

void Endpoint::finish() {
    std::ranges::sort(groups_, {}, &Group::host);
    for (Group& group : groups_) {
        const auto has = [&](std::string_view method) {
            return std::ranges::find(group.methods, method,
                                     &std::pair<std::string, const Route*>::first);
        };
        if (const auto get = has("GET");
            get != group.methods.end() && has("HEAD") == group.methods.end())
            group.methods.emplace_back("HEAD", get->second);
        std::ranges::sort(group.methods);
        std::vector<std::string_view> allowed;
        for (const auto& [method, route] : group.methods) allowed.push_back(method);
        if (group.any_method)
            allowed.insert(allowed.end(), common_methods.begin(), common_methods.end());
        std::ranges::sort(allowed);
        allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
        for (const std::string_view method : allowed) {
            if (!group.allow.empty()) group.allow += ", ";
            group.allow += method;
        }
    }
}

const Endpoint::Group* Endpoint::find_exact(std::string_view host) const {
    const auto found = std::ranges::lower_bound(
        groups_, host, {}, [](const Group& g) { return std::string_view(g.host); });
    return found != groups_.end() && found->host == host ? &*found : nullptr;
}

const Endpoint::Group* Endpoint::find_group(std::string_view host) const {
    if (groups_.size() == 1 && groups_.front().host.empty()) return &groups_.front();
    if (const Group* exact = find_exact(host)) return exact;
    for (std::size_t dot = host.find('.', 1); dot < host.size(); dot = host.find('.', dot + 1))
        if (const Group* suffix = find_exact(host.substr(dot))) return suffix;
    return find_exact("");
}

std::optional<Endpoint::Choice> Endpoint::find(std::string_view host,
                                               std::string_view method) const {
    const Group* const group = find_group(host);
    if (!group) return {};
    for (const auto& [name, route] : group->methods)
        if (name == method) return Choice{route, {}};
    if (group->any_method && is_common_method(method)) return Choice{group->any_method, {}};
    return Choice{nullptr, group->allow};
}

} // namespace policy::route
