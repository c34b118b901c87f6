#include "gateway/admin/pages.hpp"

#include "gateway/admin/health.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace gateway::admin {
namespace {

namespace ip = boost::asio::ip;

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

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_admin(const Request& request, const Door& door) {
    if (door.is_socket) return true;
    constexpr std::string_view scheme = "bearer ";
    const std::string_view text = request.authorization;
    return !door.token.empty() && boost::beast::iequals(text.substr(0, scheme.size()), scheme) &&
           is_same_secret(text.substr(scheme.size()), door.token);
}

Response refuse_stranger(const Door& door) {
    if (door.token.empty())
        return refuse(403, "forbidden",
                      "this page is for the admin socket; with admin.token it is open here too");
    Response response = refuse(401, "unauthorized", "the admin token is expected");
    response.wants_token = true;
    return response;
}

std::optional<Response> refuse_other_configuration(const Request& request, const Door& door) {
    if (request.configuration.empty() || request.configuration == door.configuration)
        return std::nullopt;
    return refuse(409, "another configuration",
                  "the gateway that listens here runs with " + std::string(door.configuration) +
                      ", not with " + request.configuration);
}

std::string_view method_of(const Request& request) {
    return request.method == "HEAD" ? "GET" : std::string_view(request.method);
}

std::string allowed_methods(std::span<const Page> pages, std::string_view path) {
    std::string methods;
    for (const Page& page : pages)
        if (page.path == path)
            methods.append(methods.empty() ? "" : ", ")
                .append(page.method == "GET" ? "GET, HEAD" : page.method);
    return methods;
}

/// Nothing when the request is one that pages may see.
std::optional<Response> refuse_request(const Request& request, const Door& door) {
    if (request.has_body && request.method != "POST") return refuse(400, "a body is not expected");
    if (request.hosts > 1 || (request.hosts == 0 && !request.is_http_1_0))
        return refuse(400, "one Host is expected");
    if (!door.is_socket && is_loopback(door.bind_address) && request.hosts == 1 &&
        !may_be_asked_as(request.host, door.bind_address))
        return refuse(421, "not a name of this host");
    return std::nullopt;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::string_view query_of(std::string_view target) {
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

} // namespace

Response answer(const Request& request, const Door& door, std::span<const Page> pages) {
    if (auto refusal = refuse_request(request, door)) return std::move(*refusal);
    const std::string_view path = path_of(request.target);
    if (std::ranges::none_of(pages, [&](const Page& page) { return page.path == path; }))
        return refuse(404, "not found");
    for (const Page& page : pages) {
        if (page.path != path || page.method != method_of(request)) continue;
        if (page.who == Who::admin) {
            if (!is_admin(request, door)) return refuse_stranger(door);
            if (auto refusal = refuse_other_configuration(request, door))
                return std::move(*refusal);
        }
        return page.answer(request);
    }
    Response response = refuse(405, "method not allowed");
    response.allow = allowed_methods(pages, path);
    return response;
}

std::vector<Page> health_pages(Sources sources) {
    const auto live = [facts = sources.facts](const Request&) { return live_page(facts()); };
    const auto ready = [facts = sources.facts](const Request& request) {
        return ready_page(facts(), has_flag(query_of(request.target), "verbose"));
    };
    const auto startup = [facts = sources.facts](const Request&) { return startup_page(facts()); };
    const auto metrics = [text = std::move(sources.metrics)](const Request&) {
        Response response;
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = text();
        return response;
    };
    return {{"GET", "/livez", Who::anyone, live},
            {"GET", "/healthz", Who::anyone, live},
            {"GET", "/readyz", Who::anyone, ready},
            {"GET", "/startupz", Who::anyone, startup},
            {"GET", "/metrics", Who::anyone, metrics}};
}

} // namespace gateway::admin
