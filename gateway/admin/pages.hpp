#pragma once

// Which page answers which request to the admin endpoint: a table, and the checks before it. A GET
// changes nothing, ever. Pure, but for the callbacks.

#include "gateway/admin/facts.hpp"
#include "gateway/admin/response.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::admin {

enum class Who {
    anyone, ///< who can reach the listener
    admin,  ///< who can open the socket, or knows the token
};

struct Page {
    std::string_view method; ///< GET, which brings HEAD along, or POST
    std::string_view path;
    Who who = Who::admin;
    std::function<Response(const Request&)> answer;
};

/// Where a request came in.
struct Door {
    bool is_socket = false;              ///< the unix socket: its mode let in none but the admin
    std::string_view bind_address;       ///< of the TCP listener
    std::string_view token;              ///< what opens it to the admin; empty: nothing does
    std::string_view configuration = {}; ///< canonical path of the one in force
};

/// When the listener is on a loopback address, Host must name this host too, so that a web page
/// cannot reach it by a name of its own that resolves to loopback (DNS rebinding, threats H172).
/// A page for the admin is not for who believes another configuration in force: 409.
Response answer(const Request& request, const Door& door, std::span<const Page> pages);

struct Sources {
    std::function<Facts()> facts;
    std::function<std::string()> metrics;
};

/// livez, healthz, readyz, startupz and metrics: for anyone.
std::vector<Page> health_pages(Sources sources);

} // namespace gateway::admin
