#include "config/complete.hpp"

#include "config/files.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace config {
namespace {

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
    return out;
}

/// The shortest of a few texts that is still free. It becomes a label of metrics, so no line number
/// is part of it.
std::string free_name(const Route& route, const std::unordered_set<std::string>& taken) {
    std::string name = route.path;
    if (!taken.contains(name)) return name;
    if (!route.methods.empty()) name = join(route.methods) + " " + name;
    if (!taken.contains(name)) return name;
    if (!route.hosts.empty()) name = join(route.hosts) + " " + name;
    if (!taken.contains(name)) return name;
    for (std::size_t number = 2;; ++number)
        if (std::string numbered = name + " #" + std::to_string(number); !taken.contains(numbered))
            return numbered;
}

void fill(Duration& value, Duration from) {
    if (value == unset_duration) value = from;
}

} // namespace

void complete(Model& model) {
    Admin& admin = model.admin;
    if (admin.socket_at.line == 0 && !admin.socket.empty())
        admin.socket = resolve_path(directory_of(model.file), admin.socket);

    std::unordered_map<std::string_view, const Upstream*> upstreams;
    for (const Upstream& upstream : model.upstreams) upstreams.emplace(upstream.name, &upstream);
    std::unordered_set<std::string> taken;
    for (const Route& route : model.routes)
        if (!route.name.empty()) taken.insert(route.name);

    for (Route& route : model.routes) {
        if (route.name.empty() && !route.path.empty()) {
            route.name = free_name(route, taken);
            taken.insert(route.name);
        }
        const auto upstream = upstreams.find(route.upstream);
        if (!route.timeouts || upstream == upstreams.end()) continue;
        const UpstreamTimeouts& from = upstream->second->timeouts;
        fill(route.timeouts->connect, from.connect);
        fill(route.timeouts->first_byte, from.first_byte);
        fill(route.timeouts->idle, from.idle);
    }
}

} // namespace config
