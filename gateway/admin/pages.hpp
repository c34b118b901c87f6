#pragma once

// Which page answers which request to the admin listener: GET and HEAD of five names, and nothing
// else. Nothing here changes any state. Pure, but for the callbacks.

#include "gateway/admin/facts.hpp"
#include "gateway/admin/response.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace gateway::admin {

struct Sources {
    std::function<Facts()> facts;
    std::function<std::string()> metrics;
};

/// `bind_address`: when that is a loopback address, Host must name this host too, so that a web
/// page cannot reach the listener by a name of its own that resolves to loopback (DNS rebinding,
/// threats H172).
Response answer(const Request& request, std::string_view bind_address, const Sources& sources);

} // namespace gateway::admin
