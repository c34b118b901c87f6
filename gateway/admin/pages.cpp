#include "gateway/admin/pages.hpp"

#include "gateway/admin/health.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>

#include <algorithm>

namespace gateway::admin {
namespace {

namespace ip = boost::asio::ip;

Response refuse(unsigned status, std::string_view title) {
    Response response;
    response.status = status;
    response.body = "{\"status\":\"" + std::string(title) + "\"}\n";
    return response;
}

/// Without port and brackets.
std::string_view host_of(std::string_view authority) {
    if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
    return authority.substr(0, authority.find(':'));
}

bool is_loopback(std::string_view text) {
    boost::system::error_code error;
    const auto address = ip::make_address(text, error);
    return !error && address.is_loopback();
}

bool may_be_asked_as(std::string_view authority, std::string_view bind_address) {
    const std::string_view host = host_of(authority);
    return host == bind_address || is_loopback(host) || boost::beast::iequals(host, "localhost");
}

bool has_flag(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        if (part.substr(0, part.find('=')) == name) return true;
        query.remove_prefix(std::min(part.size() + 1, query.size()));
    }
    return false;
}

Response metrics_page(const Sources& sources) {
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = sources.metrics();
    return response;
}

} // namespace

Response answer(const Request& request, std::string_view bind_address, const Sources& sources) {
    if (request.has_body) return refuse(400, "a body is not expected");
    if (request.hosts > 1 || (request.hosts == 0 && !request.is_http_1_0))
        return refuse(400, "one Host is expected");
    if (is_loopback(bind_address) && request.hosts == 1 &&
        !may_be_asked_as(request.host, bind_address))
        return refuse(421, "not a name of this host");
    if (request.method != "GET" && request.method != "HEAD") {
        Response response = refuse(405, "method not allowed");
        response.allow = "GET, HEAD";
        return response;
    }
    const std::string_view target = request.target;
    const auto path = target.substr(0, target.find('?'));
    const auto query =
        path.size() < target.size() ? target.substr(path.size() + 1) : std::string_view();
    if (path == "/livez" || path == "/healthz") return live_page(sources.facts());
    if (path == "/readyz") return ready_page(sources.facts(), has_flag(query, "verbose"));
    if (path == "/startupz") return startup_page(sources.facts());
    if (path == "/metrics") return metrics_page(sources);
    return refuse(404, "not found");
}

} // namespace gateway::admin
